SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'audit_log' AND column_name = 'seal'),
    'ALTER TABLE audit_log DROP CONSTRAINT audit_log_seal_check, DROP COLUMN seal',
    'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
