drop table idempotency_keys;
drop table sessions;
drop table tokens;
delete from schema_compatibility where version = 3;
