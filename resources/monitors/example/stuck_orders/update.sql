select o.id as order_id, o.status, s.carrier, s.completed_at as delivered_at
from orders o
join shipments s on s.order_id = o.id
where o.id in (?)
order by o.id
