-- The discounts of a stay, so that searches order by the price after them: of its length, and of the days before check-in
-- in the zone of the property. They are written with the version of the columns of the search. The column is added unless
-- an interrupted run has added it.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'properties' AND column_name = 'time_zone') = 0,
    'ALTER TABLE properties ADD COLUMN time_zone VARCHAR(64)', 'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
CREATE TABLE IF NOT EXISTS property_discounts (
    property_id BINARY(16) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    threshold INTEGER NOT NULL,
    discount_bps INTEGER NOT NULL,
    CONSTRAINT property_discounts_kind_check CHECK (kind IN ('length_of_stay', 'early_bird', 'last_minute')),
    CONSTRAINT property_discounts_bps_check CHECK (discount_bps BETWEEN 1 AND 10000),
    CONSTRAINT property_discounts_pkey PRIMARY KEY (property_id, kind, threshold),
    CONSTRAINT property_discounts_property_fkey FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
