drop table queue_messages;
delete from schema_compatibility where version = 2;
