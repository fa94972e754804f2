ALTER TABLE properties DROP CONSTRAINT properties_max_discount_check, DROP COLUMN max_discount_bps;
