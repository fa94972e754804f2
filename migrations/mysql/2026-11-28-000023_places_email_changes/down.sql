DROP TABLE IF EXISTS email_changes;
ALTER TABLE properties DROP INDEX properties_place_index, DROP COLUMN place_name, DROP COLUMN place_key;
