-- Nothing but the version: the queue "postgres" has its table on PostgreSQL only.
insert into schema_compatibility (version, compatible_from) values (2, 1);
