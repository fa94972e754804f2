-- The largest discount of a stay, so that searches with a maximum price find what is below it after discounts. It is
-- written with the version of the search columns. The column is added
-- unless an interrupted run has added it.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'properties' AND column_name = 'max_discount_bps') = 0,
    'ALTER TABLE properties ADD COLUMN max_discount_bps INTEGER NOT NULL DEFAULT 10000,
        ADD CONSTRAINT properties_max_discount_check CHECK (max_discount_bps BETWEEN 0 AND 10000)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
