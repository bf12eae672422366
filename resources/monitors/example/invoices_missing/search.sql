select o.id as order_id, o.total_cents, o.paid_at, 0 as invoices
from orders o
where o.paid_at < ?
  and not exists (select 1 from invoices where order_id = o.id)
order by o.id
