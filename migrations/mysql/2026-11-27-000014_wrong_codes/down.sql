SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'second_factors' AND column_name = 'wrong_codes'),
    'ALTER TABLE second_factors DROP CONSTRAINT second_factors_wrong_codes_check, DROP COLUMN wrong_codes',
    'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
