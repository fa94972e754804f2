DROP TABLE property_discounts;
ALTER TABLE properties DROP COLUMN time_zone;
