DROP TABLE email_changes;
DROP INDEX properties_place_index;
ALTER TABLE properties DROP COLUMN place_name;
ALTER TABLE properties DROP COLUMN place_key;
