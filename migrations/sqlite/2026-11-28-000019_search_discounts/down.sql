ALTER TABLE properties DROP COLUMN max_discount_bps;
