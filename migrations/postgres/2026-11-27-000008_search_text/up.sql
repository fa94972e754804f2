-- The program fills the columns of the search, whose normal form of texts no database computes; rows of an earlier
-- version of that form are written again when the program migrates.
ALTER TABLE properties ADD COLUMN weekend BIGINT CONSTRAINT properties_weekend_check CHECK (weekend > 0);
ALTER TABLE properties ADD COLUMN search_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX properties_search_version_index ON properties (search_version);
CREATE INDEX properties_currency_index ON properties (currency) WHERE status = 'listed';
ALTER TABLE users ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN search_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX users_search_version_index ON users (search_version);
