insert into schema_compatibility (version, compatible_from) values (7, 1);

-- What happened since some time, whatever happened before it. Nothing that a run
-- changes of an active issue is in these indexes.
create index issues_created on issues (created_at, monitor_id);
create index issues_solved on issues (solved_at, monitor_id) where solved_at is not null;
create index issues_dropped on issues (dropped_at, monitor_id) where dropped_at is not null;
