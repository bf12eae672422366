select order_id, count(*) as charges, sum(amount_cents) as charged_cents, max(created_at) as last_charge_at
from payments
where status = 'captured'
group by order_id
having count(*) > 1
order by order_id
