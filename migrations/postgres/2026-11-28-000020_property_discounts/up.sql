-- The discounts of a stay, so that searches order by the price after them: of its length, and of the days before check-in
-- in the zone of the property. They are written with the version of the columns of the search.
ALTER TABLE properties ADD COLUMN time_zone TEXT;
CREATE TABLE property_discounts (
    property_id UUID NOT NULL CONSTRAINT property_discounts_property_fkey REFERENCES properties (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CONSTRAINT property_discounts_kind_check CHECK (kind IN ('length_of_stay', 'early_bird', 'last_minute')),
    threshold INTEGER NOT NULL,
    discount_bps INTEGER NOT NULL CONSTRAINT property_discounts_bps_check CHECK (discount_bps BETWEEN 1 AND 10000),
    CONSTRAINT property_discounts_pkey PRIMARY KEY (property_id, kind, threshold)
);
