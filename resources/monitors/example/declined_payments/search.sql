select p.order_id, max(p.id) as payment_id, count(*) as declined, o.status, o.total_cents
from payments p
join orders o on o.id = p.order_id
where p.status = 'declined' and p.id > ?
group by p.order_id
order by payment_id
limit 100
