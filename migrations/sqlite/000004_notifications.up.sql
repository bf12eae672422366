insert into schema_compatibility (version, compatible_from) values (4, 1);

-- Alerts of which people may have to be told something. Which targets these are is
-- a matter of the configuration, and found out later.
create table notification_marks (
    alert_id   integer primary key references alerts (id),
    monitor_id integer not null references monitors (id),
    due_at     integer not null
) strict;
create index notification_marks_due on notification_marks (due_at, alert_id);

-- A target is told by one executor at a time, so that its pace can be kept.
create table notification_targets (
    target      text primary key check (target <> ''),
    executor_id text,
    -- Left alone until then.
    next_at     integer,
    -- How many new messages there were since when.
    window_at   integer,
    sent        integer not null default 0 check (sent >= 0),
    -- The window in which it was told that messages are held back.
    told_at     integer,
    failures    integer not null default 0 check (failures >= 0),
    error       text not null default ''
) strict;

create table notifications (
    id            integer primary key,
    monitor_id    integer not null references monitors (id),
    alert_id      integer not null references alerts (id),
    target        text not null references notification_targets (target),
    status        text not null check (status in ('none', 'sending', 'shown', 'closed')),
    nonce         text not null default '',
    ref           text not null default '',
    shown         text not null default '',
    mentioned     integer not null default 0,
    mention_nonce text not null default '',
    marks         integer not null default 0,
    due_at        integer,
    attempts      integer not null default 0 check (attempts >= 0),
    failing_since integer,
    dead          integer not null default 0,
    error         text not null default '',
    created_at    integer not null,
    closed_at     integer,
    unique (alert_id, target),
    check (status = 'none' or nonce <> ''),
    check ((closed_at is not null) = (status = 'closed'))
) strict;
create index notifications_due on notifications (target, due_at, id) where due_at is not null;
create index notifications_dead on notifications (id) where dead;
