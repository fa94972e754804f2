-- The largest discount of a stay, so that searches with a maximum price find what is below it after discounts. It is
-- written with the version of the search columns.
ALTER TABLE properties ADD COLUMN max_discount_bps INTEGER NOT NULL DEFAULT 10000
    CONSTRAINT properties_max_discount_check CHECK (max_discount_bps BETWEEN 0 AND 10000);
