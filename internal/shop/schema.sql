-- Times are RFC 3339 in UTC with milliseconds, so that they sort as text. Money is
-- in whole cents. Ids are never used twice, although old rows are removed.

create table customers (
    id integer primary key autoincrement,
    name text not null,
    email text not null
);

create table products (
    id integer primary key autoincrement,
    name text not null,
    price_cents integer not null,
    stock integer not null,
    -- how often it is bought, in parts of the sum over all products
    demand integer not null
);

create table orders (
    id integer primary key autoincrement,
    customer_id integer not null references customers,
    product_id integer not null references products,
    quantity integer not null,
    total_cents integer not null,
    -- placed, then awaiting_delivery once paid, then completed; or cancelled
    status text not null,
    placed_at datetime not null,
    paid_at datetime
);
create index orders_by_status on orders (status, id);

create table payments (
    id integer primary key autoincrement,
    order_id integer not null references orders on delete cascade,
    amount_cents integer not null,
    -- captured or declined; reversed if it should not have been captured
    status text not null,
    created_at datetime not null
);
create index payments_by_order on payments (order_id);

create table shipments (
    id integer primary key autoincrement,
    order_id integer not null references orders on delete cascade,
    carrier text not null,
    -- in_transit, then completed
    status text not null,
    shipped_at datetime not null,
    completed_at datetime
);
create index shipments_by_order on shipments (order_id);
create index shipments_by_status on shipments (status, id);

create table invoices (
    id integer primary key autoincrement,
    order_id integer not null references orders on delete cascade,
    amount_cents integer not null,
    issued_at datetime not null
);
create index invoices_by_order on invoices (order_id);

create table refunds (
    id integer primary key autoincrement,
    order_id integer not null references orders on delete cascade,
    amount_cents integer not null,
    reason text not null,
    created_at datetime not null
);
create index refunds_by_order on refunds (order_id);

-- trading has one row: how far the simulation is.
create table trading (
    steps integer not null,
    last_step_at datetime not null
);
