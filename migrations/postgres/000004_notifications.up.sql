insert into schema_compatibility (version, compatible_from) values (4, 1);

-- Alerts of which people may have to be told something. Which targets these are is
-- a matter of the configuration, and found out later.
create table notification_marks (
    alert_id   bigint primary key references alerts (id),
    monitor_id bigint not null references monitors (id),
    due_at     timestamptz not null
);
create index notification_marks_due on notification_marks (due_at, alert_id);

-- A target is told by one executor at a time, so that its pace can be kept.
create table notification_targets (
    target      text primary key check (target <> ''),
    executor_id text,
    -- Left alone until then.
    next_at     timestamptz,
    -- How many new messages there were since when.
    window_at   timestamptz,
    sent        integer not null default 0 check (sent >= 0),
    -- The window in which it was told that messages are held back.
    told_at     timestamptz,
    failures    integer not null default 0 check (failures >= 0),
    error       text not null default ''
);

create table notifications (
    id            bigint generated always as identity primary key,
    monitor_id    bigint not null references monitors (id),
    alert_id      bigint not null references alerts (id),
    target        text not null references notification_targets (target),
    status        text not null check (status in ('none', 'sending', 'shown', 'closed')),
    nonce         text not null default '',
    ref           text not null default '',
    shown         text not null default '',
    mentioned     boolean not null default false,
    mention_nonce text not null default '',
    marks         bigint not null default 0,
    due_at        timestamptz,
    attempts      integer not null default 0 check (attempts >= 0),
    failing_since timestamptz,
    dead          boolean not null default false,
    error         text not null default '',
    created_at    timestamptz not null,
    closed_at     timestamptz,
    unique (alert_id, target),
    check (status = 'none' or nonce <> ''),
    check ((closed_at is not null) = (status = 'closed'))
);
create index notifications_due on notifications (target, due_at, id) where due_at is not null;
create index notifications_dead on notifications (id) where dead;
