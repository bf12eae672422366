drop index issues_dropped;
drop index issues_solved;
drop index issues_created;
delete from schema_compatibility where version = 7;
