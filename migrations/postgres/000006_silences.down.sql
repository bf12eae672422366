drop table silences;
delete from schema_compatibility where version = 6;
