select id as shipment_id, order_id, carrier, status, shipped_at
from shipments
where status = 'in_transit' and shipped_at < ?
order by id
