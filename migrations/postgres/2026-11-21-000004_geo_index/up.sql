-- The columns that a search on a map reads of most properties, so that those it does not show need not be read.
CREATE INDEX properties_map_index ON properties (latitude, longitude) INCLUDE (relevance, id, nightly, currency, max_guests, min_nights, max_nights, preparation_nights) WHERE status = 'listed';
DROP INDEX properties_place_index;
