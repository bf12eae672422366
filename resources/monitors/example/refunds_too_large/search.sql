select r.id as refund_id, r.order_id, r.amount_cents - o.total_cents as excess_cents, r.reason
from refunds r
join orders o on o.id = r.order_id
where r.amount_cents > o.total_cents
order by r.id
