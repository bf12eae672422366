package floor

// schema is what the facts need: an active issue is unique, issues are found by
// monitor and by alert, events by what they are about, executions by monitor, what
// is due and what is queued by an index that holds nothing else.
const schema = `
drop table if exists monitors;
drop table if exists executions;
drop table if exists alerts;
drop table if exists issues;
drop table if exists events;

create table monitors (
	id {id},
	name text not null unique,
	revision bigint not null default 0,
	next_search_at {time},
	next_due_at {time},
	active_issues bigint not null default 0,
	active_alerts bigint not null default 0
);
create index monitors_due on monitors (next_due_at, id) where next_due_at is not null;

create table executions (
	id {id},
	monitor_id bigint not null,
	status text not null,
	token text,
	queued_at {time} not null,
	started_at {time},
	finished_at {time},
	report {json}
);
create unique index executions_busy on executions (monitor_id) where status in ('queued', 'running');
create index executions_queued on executions (id) where status = 'queued';
create index executions_by_monitor on executions (monitor_id, id);

create table alerts (
	id {id},
	monitor_id bigint not null,
	status text not null,
	priority bigint not null,
	created_at {time} not null,
	solved_at {time}
);
create index alerts_active on alerts (monitor_id) where status = 'active';

create table issues (
	id {id},
	monitor_id bigint not null,
	alert_id bigint,
	model_id text not null,
	status text not null,
	data {json} not null,
	created_at {time} not null,
	updated_at {time} not null,
	solved_at {time}
);
create unique index issues_active on issues (monitor_id, model_id) where status = 'active';
create index issues_by_alert on issues (alert_id, id);

create table events (
	id {id},
	monitor_id bigint not null,
	execution_id bigint,
	name text not null,
	source text not null,
	source_id bigint not null,
	data {json} not null,
	created_at {time} not null
);
create index events_by_source on events (source_id, source)`
