-- In a real shop this would read millions of rows; here counting stands in for the
-- time that takes.
with recursive millions(n) as (
    select 1 union all select n + 1 from millions where n < 1500000
),
ledger as (
    select substr(created_at, 1, 10) as day, amount_cents as taken, 0 as invoiced from payments where status = 'captured'
    union all
    select substr(issued_at, 1, 10), 0, amount_cents from invoices
)
select day, sum(taken) as taken_cents, sum(invoiced) as invoiced_cents, abs(sum(taken) - sum(invoiced)) as difference_cents
from ledger
where (select count(*) from millions) > 0
group by day
having sum(taken) <> sum(invoiced)
order by day
