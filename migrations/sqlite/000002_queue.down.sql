delete from schema_compatibility where version = 2;
