-- The number of wrong codes since the last accepted one.
SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'second_factors' AND column_name = 'wrong_codes'),
    'DO 0',
    'ALTER TABLE second_factors ADD COLUMN wrong_codes BIGINT NOT NULL DEFAULT 0, ADD CONSTRAINT second_factors_wrong_codes_check CHECK (wrong_codes >= 0)');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
