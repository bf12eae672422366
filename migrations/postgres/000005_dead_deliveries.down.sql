drop index deliveries_dead;
delete from schema_compatibility where version = 5;
