-- Times are microseconds since 1970 in UTC; JSON is text; truth is 0 or 1. An id
-- that was given once must never come again: that needs AUTOINCREMENT, a write of
-- its own, only where the newest row may be removed.

-- Which binaries can work with which version of this schema: the oldest one, by
-- the newest version that it has.
create table schema_compatibility (
    version         integer primary key,
    compatible_from integer not null
) strict;
insert into schema_compatibility (version, compatible_from) values (1, 1);

create table monitors (
    id                integer primary key,
    name              text not null check (name <> ''),
    enabled           integer not null,
    source            text not null check (source in ('folder', 'example', 'api')),
    revision          integer not null default 0,
    created_at        integer not null,
    archived_at       integer,
    -- The current version, and what scheduling and lists need of it.
    version_id        integer references monitor_versions (id),
    solvable          integer not null,
    search_cron       text not null,
    update_cron       text not null,
    time_zone         text not null,
    -- next_due_at is the least of the two other times, and null while disabled,
    -- archived, queued or running.
    next_search_at    integer,
    next_update_at    integer,
    next_due_at       integer check (next_due_at is null or (enabled and archived_at is null)),
    -- When each task was last claimed; null if never.
    last_search_at    integer,
    last_update_at    integer,
    -- How often in a row an executor was lost with it.
    lost_count        integer not null default 0 check (lost_count >= 0),
    -- Kept with every change, so that lists need not count.
    active_issues     integer not null default 0 check (active_issues >= 0),
    active_alerts     integer not null default 0 check (active_alerts >= 0),
    -- The last execution that ended, whether it knew the answer, and when one last did.
    last_execution_id integer references executions (id),
    last_proven       integer not null default 0,
    last_proven_at    integer
) strict;
create unique index monitors_name on monitors (name) where archived_at is null;
create index monitors_by_name on monitors (name, id);
create index monitors_due on monitors (next_due_at, id) where next_due_at is not null;
create index monitors_last_execution on monitors (last_execution_id);

create table monitor_versions (
    id          integer primary key,
    monitor_id  integer not null references monitors (id),
    number      integer not null check (number > 0),
    hash        text not null,
    files       text not null,
    declaration text not null,
    author      text not null,
    message     text not null,
    created_at  integer not null,
    unique (monitor_id, number)
) strict;
create index monitor_versions_hash on monitor_versions (hash, monitor_id);

create table executors (
    id               text primary key,
    started_at       integer not null,
    lease_expires_at integer not null
) strict;

create table executions (
    id          integer primary key,
    monitor_id  integer not null references monitors (id),
    version_id  integer references monitor_versions (id),
    tasks       integer not null check (tasks between 1 and 3),
    status      text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'lost', 'cancelled')),
    -- No reference to executors: theirs are removed when they are gone.
    executor_id text,
    token       text,
    queued_at   integer not null,
    started_at  integer,
    finished_at integer,
    report      text,
    log         text,
    check ((finished_at is null) = (status in ('queued', 'running'))),
    check (status <> 'queued' or (executor_id is null and token is null and started_at is null)),
    check (status <> 'running' or (executor_id is not null and token is not null and started_at is not null))
) strict;
create unique index executions_busy on executions (monitor_id) where status in ('queued', 'running');
create index executions_queued on executions (id) where status = 'queued';
create index executions_running on executions (id) where status = 'running';
create index executions_by_monitor on executions (monitor_id, id);

create table alerts (
    id                   integer primary key,
    monitor_id           integer not null references monitors (id),
    status               text not null check (status in ('active', 'solved')),
    priority             integer not null check (priority between 1 and 5),
    acknowledged         integer not null,
    acknowledge_priority integer check (acknowledge_priority between 1 and 5),
    locked               integer not null,
    created_at           integer not null,
    updated_at           integer not null,
    solved_at            integer,
    unique (monitor_id, id),
    check ((solved_at is not null) = (status = 'solved')),
    check (not acknowledged or acknowledge_priority is not null)
) strict;
create index alerts_active on alerts (monitor_id, id) where status = 'active';
create index alerts_active_all on alerts (id) where status = 'active';

create table issues (
    id         integer primary key,
    monitor_id integer not null references monitors (id),
    alert_id   integer,
    model_id   text not null,
    status     text not null check (status in ('active', 'solved', 'dropped')),
    data       text not null,
    created_at integer not null,
    updated_at integer not null,
    solved_at  integer,
    dropped_at integer,
    -- An issue's alert is one of its own monitor.
    foreign key (monitor_id, alert_id) references alerts (monitor_id, id),
    check ((solved_at is not null) = (status = 'solved')),
    check ((dropped_at is not null) = (status = 'dropped'))
) strict;
create unique index issues_active_model on issues (monitor_id, model_id) where status = 'active';
create index issues_active on issues (monitor_id, id) where status = 'active';
create index issues_active_all on issues (id) where status = 'active';
create index issues_by_model on issues (monitor_id, model_id);
create index issues_by_monitor on issues (monitor_id, id);
create index issues_by_alert on issues (alert_id, status, id);

-- What has ended never changes again.
create trigger issues_ended before update on issues when old.status <> 'active'
begin
    select raise(abort, 'an issue that has ended never changes again');
end;
create trigger alerts_ended before update on alerts when old.status <> 'active'
begin
    select raise(abort, 'an alert that has ended never changes again');
end;

-- An event says itself what it is about. It has no foreign keys: nothing that it
-- names is ever removed but executions, which may go before it.
create table events (
    id           integer primary key,
    monitor_id   integer not null,
    execution_id integer,
    version_id   integer,
    name         text not null,
    source       text not null check (source in ('alert', 'issue', 'monitor', 'notification')),
    source_id    integer not null,
    data         text not null,
    extra        text not null,
    actor        text not null,
    keep         integer not null,
    created_at   integer not null
) strict;
create index events_by_source on events (source_id, source, id);
create index events_by_monitor on events (monitor_id, id);
create index events_unkept on events (id) where not keep;

create table deliveries (
    id          integer primary key autoincrement,
    event_id    integer not null references events (id),
    monitor_id  integer not null references monitors (id),
    -- The event's source again: deliveries about one alert or issue keep their order.
    source      text not null,
    source_id   integer not null,
    target      text not null,
    status      text not null check (status in ('open', 'taken', 'dead')),
    attempts    integer not null default 0,
    due_at      integer not null,
    executor_id text,
    error       text not null default '',
    check ((status = 'taken') = (executor_id is not null))
) strict;
create index deliveries_due on deliveries (due_at, id) where status = 'open';
create index deliveries_taken on deliveries (executor_id) where status = 'taken';
create index deliveries_in_order on deliveries (source_id, source, target, id) where status in ('open', 'taken');
create index deliveries_of_monitor on deliveries (monitor_id, due_at, id) where status = 'open';
create index deliveries_by_event on deliveries (event_id);

create table variables (
    monitor_id integer not null references monitors (id),
    name       text not null,
    value      text not null,
    updated_at integer not null,
    primary key (monitor_id, name)
) strict;

create table leases (
    name       text primary key,
    holder     text not null,
    expires_at integer not null
) strict;
