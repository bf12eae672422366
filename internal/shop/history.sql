-- Orders that went well, evenly spread over the days before ?1: ?2 of them, ?3
-- seconds apart.
insert into orders (customer_id, product_id, quantity, total_cents, status, placed_at, paid_at)
with recursive past(i) as (select 1 union all select i + 1 from past where i < ?2)
select 1 + i * 7 % (select count(*) from customers), id, 1 + i % 2, price_cents * (1 + i % 2), 'completed',
    strftime('%Y-%m-%dT%H:%M:%fZ', ?1, '-' || (i * ?3) || ' seconds'), strftime('%Y-%m-%dT%H:%M:%fZ', ?1, '-' || (i * ?3 - 3) || ' seconds')
from past join products on products.id = 1 + i * 5 % (select count(*) from products)
order by i desc;

insert into payments (order_id, amount_cents, status, created_at)
select id, total_cents, 'captured', paid_at from orders order by id;

insert into invoices (order_id, amount_cents, issued_at)
select id, total_cents, paid_at from orders order by id;

insert into shipments (order_id, carrier, status, shipped_at, completed_at)
select id, 'Swift Parcels', 'completed', strftime('%Y-%m-%dT%H:%M:%fZ', paid_at, '+5 seconds'), strftime('%Y-%m-%dT%H:%M:%fZ', paid_at, '+9 seconds')
from orders order by id;
