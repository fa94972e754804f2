-- Authentication of each line by a key that is not in the database. Lines recorded before have none.
SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'audit_log' AND column_name = 'seal'),
    'DO 0',
    'ALTER TABLE audit_log ADD COLUMN seal VARCHAR(64), ADD CONSTRAINT audit_log_seal_check CHECK (CHAR_LENGTH(seal) = 64)');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
