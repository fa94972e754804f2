-- The number of wrong codes since the last accepted one.
ALTER TABLE second_factors ADD COLUMN wrong_codes BIGINT NOT NULL DEFAULT 0 CONSTRAINT second_factors_wrong_codes_check CHECK (wrong_codes >= 0);
