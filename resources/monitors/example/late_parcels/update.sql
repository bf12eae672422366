select id as shipment_id, order_id, carrier, status, shipped_at
from shipments
where id in (?)
order by id
