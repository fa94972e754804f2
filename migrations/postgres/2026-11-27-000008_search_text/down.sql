DROP INDEX users_search_version_index;
ALTER TABLE users DROP COLUMN search_version;
ALTER TABLE users DROP COLUMN search_name;
DROP INDEX properties_currency_index;
DROP INDEX properties_search_version_index;
ALTER TABLE properties DROP COLUMN search_version;
ALTER TABLE properties DROP COLUMN weekend;
