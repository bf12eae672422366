alter table monitors drop constraint monitors_last_execution_id_fkey;
alter table monitors drop constraint monitors_version_id_fkey;
drop table leases, variables, deliveries, events, issues, alerts, executions, executors, monitor_versions, monitors;
drop function refuse_change;
drop table schema_compatibility;
