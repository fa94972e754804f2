CREATE INDEX properties_place_index ON properties (latitude, longitude) WHERE status = 'listed';
DROP INDEX properties_map_index;
