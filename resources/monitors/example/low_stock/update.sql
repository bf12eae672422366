select id as product_id, name, stock
from products
where id in (?)
order by id
