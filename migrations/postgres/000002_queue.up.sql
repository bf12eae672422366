insert into schema_compatibility (version, compatible_from) values (2, 1);

-- The messages of the queue "postgres". They only say that there is work, so
-- what a crash of the server takes away is found by looking: unlogged.
create unlogged table queue_messages (
    lane       text not null,
    id         bigint generated always as identity,
    message_id bigint not null,
    sent_at    timestamptz not null,
    -- Until when it is hidden. Not indexed, so that receiving changes no index;
    -- few are hidden at a time.
    visible_at timestamptz not null,
    -- How often it was received.
    receives   integer not null default 0,
    primary key (lane, id)
)
-- Rows live for milliseconds: room beside them for their next version, and
-- vacuum by their number, since the table is nearly empty most of the time.
with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
