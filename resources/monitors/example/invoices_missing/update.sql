select o.id as order_id, o.total_cents, o.paid_at, (select count(*) from invoices where order_id = o.id) as invoices
from orders o
where o.id in (?)
order by o.id
