select o.id as order_id, c.name as customer, p.name as product, o.quantity, o.total_cents, o.placed_at
from orders o
join customers c on c.id = o.customer_id
join products p on p.id = o.product_id
where o.total_cents > ? and o.placed_at > ?
order by o.id
