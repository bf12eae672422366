select o.id as order_id, o.status, s.carrier, s.completed_at as delivered_at
from orders o
join shipments s on s.order_id = o.id
where o.status = 'awaiting_delivery' and s.status = 'completed'
order by o.id
