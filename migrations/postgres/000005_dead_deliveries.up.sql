insert into schema_compatibility (version, compatible_from) values (5, 1);

-- Deliveries that were given up, to be listed and made due again.
create index deliveries_dead on deliveries (id) where status = 'dead';
