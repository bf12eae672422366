-- Which binaries can work with which version of this schema: the oldest one, by
-- the newest version that it has.
create table schema_compatibility (
    version         integer primary key,
    compatible_from integer not null
);
insert into schema_compatibility (version, compatible_from) values (1, 1);

create table monitors (
    id                bigint generated always as identity primary key,
    name              text not null check (name <> ''),
    enabled           boolean not null,
    source            text not null check (source in ('folder', 'example', 'api')),
    revision          bigint not null default 0,
    created_at        timestamptz not null,
    archived_at       timestamptz,
    -- The current version, and what scheduling and lists need of it.
    version_id        bigint,
    solvable          boolean not null,
    search_cron       text not null,
    update_cron       text not null,
    time_zone         text not null,
    -- next_due_at is the least of the two other times, and null while disabled,
    -- archived, queued or running.
    next_search_at    timestamptz,
    next_update_at    timestamptz,
    next_due_at       timestamptz check (next_due_at is null or (enabled and archived_at is null)),
    -- When each task was last claimed; null if never.
    last_search_at    timestamptz,
    last_update_at    timestamptz,
    -- How often in a row an executor was lost with it.
    lost_count        integer not null default 0 check (lost_count >= 0),
    -- Kept with every change, so that lists need not count.
    active_issues     integer not null default 0 check (active_issues >= 0),
    active_alerts     integer not null default 0 check (active_alerts >= 0),
    -- The last execution that ended, whether it knew the answer, and when one last did.
    last_execution_id bigint,
    last_proven       boolean not null default false,
    last_proven_at    timestamptz
);
create unique index monitors_name on monitors (name) where archived_at is null;
create index monitors_by_name on monitors (name, id);
create index monitors_due on monitors (next_due_at, id) where next_due_at is not null;
create index monitors_last_execution on monitors (last_execution_id);

create table monitor_versions (
    id          bigint generated always as identity primary key,
    monitor_id  bigint not null references monitors (id),
    number      integer not null check (number > 0),
    hash        text not null,
    files       json not null,
    declaration json not null,
    author      text not null,
    message     text not null,
    created_at  timestamptz not null,
    unique (monitor_id, number)
);
create index monitor_versions_hash on monitor_versions (hash, monitor_id);
alter table monitors add foreign key (version_id) references monitor_versions (id);

create table executors (
    id               text primary key,
    started_at       timestamptz not null,
    lease_expires_at timestamptz not null
);

create table executions (
    id          bigint generated always as identity primary key,
    monitor_id  bigint not null references monitors (id),
    version_id  bigint references monitor_versions (id),
    tasks       smallint not null check (tasks between 1 and 3),
    status      text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'lost', 'cancelled')),
    -- No reference to executors: theirs are removed when they are gone.
    executor_id text,
    token       text,
    queued_at   timestamptz not null,
    started_at  timestamptz,
    finished_at timestamptz,
    report      json,
    log         json,
    check ((finished_at is null) = (status in ('queued', 'running'))),
    check (status <> 'queued' or (executor_id is null and token is null and started_at is null)),
    check (status <> 'running' or (executor_id is not null and token is not null and started_at is not null))
);
create unique index executions_busy on executions (monitor_id) where status in ('queued', 'running');
create index executions_queued on executions (id) where status = 'queued';
create index executions_running on executions (id) where status = 'running';
create index executions_by_monitor on executions (monitor_id, id);
alter table monitors add foreign key (last_execution_id) references executions (id);

create table alerts (
    id                   bigint generated always as identity primary key,
    monitor_id           bigint not null references monitors (id),
    status               text not null check (status in ('active', 'solved')),
    priority             smallint not null check (priority between 1 and 5),
    acknowledged         boolean not null,
    acknowledge_priority smallint check (acknowledge_priority between 1 and 5),
    locked               boolean not null,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    solved_at            timestamptz,
    unique (monitor_id, id),
    check ((solved_at is not null) = (status = 'solved')),
    check (not acknowledged or acknowledge_priority is not null)
);
create index alerts_active on alerts (monitor_id, id) where status = 'active';
create index alerts_active_all on alerts (id) where status = 'active';

create table issues (
    id         bigint generated always as identity primary key,
    monitor_id bigint not null references monitors (id),
    alert_id   bigint,
    model_id   text not null,
    status     text not null check (status in ('active', 'solved', 'dropped')),
    data       json not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    solved_at  timestamptz,
    dropped_at timestamptz,
    -- An issue's alert is one of its own monitor.
    foreign key (monitor_id, alert_id) references alerts (monitor_id, id),
    check ((solved_at is not null) = (status = 'solved')),
    check ((dropped_at is not null) = (status = 'dropped'))
);
create unique index issues_active_model on issues (monitor_id, model_id) where status = 'active';
create index issues_active on issues (monitor_id, id) where status = 'active';
create index issues_active_all on issues (id) where status = 'active';
create index issues_by_model on issues (monitor_id, model_id);
create index issues_by_monitor on issues (monitor_id, id);
create index issues_by_alert on issues (alert_id, status, id);

-- What has ended never changes again. The triggers are AFTER, because BEFORE
-- locks each row once more; what they refuse is undone all the same.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% % has ended and never changes again', tg_table_name, old.id;
end $$;
create trigger issues_ended after update on issues
    for each row when (old.status <> 'active') execute function refuse_change();
create trigger alerts_ended after update on alerts
    for each row when (old.status <> 'active') execute function refuse_change();

-- An event says itself what it is about. It has no foreign keys: nothing that it
-- names is ever removed but executions, which may go before it.
create table events (
    id           bigint generated always as identity primary key,
    monitor_id   bigint not null,
    execution_id bigint,
    version_id   bigint,
    name         text not null,
    source       text not null check (source in ('alert', 'issue', 'monitor', 'notification')),
    source_id    bigint not null,
    data         json not null,
    extra        json not null,
    actor        text not null,
    keep         boolean not null,
    created_at   timestamptz not null
);
create index events_by_source on events (source_id, source, id);
create index events_by_monitor on events (monitor_id, id);
create index events_unkept on events (id) where not keep;

create table deliveries (
    id          bigint generated always as identity primary key,
    event_id    bigint not null references events (id),
    monitor_id  bigint not null references monitors (id),
    -- The event's source again: deliveries about one alert or issue keep their order.
    source      text not null,
    source_id   bigint not null,
    target      text not null,
    status      text not null check (status in ('open', 'taken', 'dead')),
    attempts    integer not null default 0,
    due_at      timestamptz not null,
    executor_id text,
    error       text not null default '',
    check ((status = 'taken') = (executor_id is not null))
);
create index deliveries_due on deliveries (due_at, id) where status = 'open';
create index deliveries_taken on deliveries (executor_id) where status = 'taken';
create index deliveries_in_order on deliveries (source_id, source, target, id) where status in ('open', 'taken');
create index deliveries_of_monitor on deliveries (monitor_id, due_at, id) where status = 'open';
create index deliveries_by_event on deliveries (event_id);

create table variables (
    monitor_id bigint not null references monitors (id),
    name       text not null,
    value      json not null,
    updated_at timestamptz not null,
    primary key (monitor_id, name)
);

create table leases (
    name       text primary key,
    holder     text not null,
    expires_at timestamptz not null
);
