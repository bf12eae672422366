insert into schema_compatibility (version, compatible_from) values (6, 1);

-- Times in which people are not told of some alerts. A silence asks for what is
-- not null or empty, and for all of that.
create table silences (
    id              bigint generated always as identity primary key,
    everything      boolean not null default false,
    monitor         text not null default '',
    labels          json not null default '{}',
    priority        smallint check (priority between 1 and 5),
    issue_id        bigint,
    starts_at       timestamptz not null,
    -- Null: never, which only one that recurs may do.
    ends_at         timestamptz,
    -- When it recurs, in which time zone, and for how long each time.
    every           text not null default '',
    zone            text not null default '',
    lasts_seconds   bigint not null default 0,
    comment         text not null check (comment <> ''),
    created_at      timestamptz not null,
    created_by      text not null,
    expired_at      timestamptz,
    expired_by      text not null default '',
    expired_comment text not null default '',
    -- When alerts are next to be looked at again because it is over, for good or
    -- until it recurs; null: never.
    next_end_at     timestamptz,
    check (ends_at is not null or every <> ''),
    check (ends_at > starts_at),
    check ((every = '') = (lasts_seconds = 0)),
    check ((expired_at is null) = (expired_by = ''))
);
create index silences_next_end on silences (next_end_at, id) where next_end_at is not null;
