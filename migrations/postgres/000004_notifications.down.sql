drop table notifications;
drop table notification_targets;
drop table notification_marks;
delete from schema_compatibility where version = 4;
