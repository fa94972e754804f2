-- The place of a property, for suggestions of cities: the key is compared, the name is shown. Both are written with the
-- version of the search columns.
ALTER TABLE properties ADD COLUMN place_key TEXT;
ALTER TABLE properties ADD COLUMN place_name TEXT;
CREATE INDEX properties_place_index ON properties (place_key, place_name, latitude, longitude) WHERE status = 'listed';
