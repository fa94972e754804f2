DROP TABLE IF EXISTS property_discounts;
ALTER TABLE properties DROP COLUMN time_zone;
