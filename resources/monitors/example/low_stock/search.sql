select id as product_id, name, stock
from products
where stock < ?
order by id
