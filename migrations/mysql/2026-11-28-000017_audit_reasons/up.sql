-- The reason that the actor gave. The hash of a line covers it if there is one, so that earlier lines stay as they are.
-- The column is added unless an interrupted run has added it.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'audit_log' AND column_name = 'reason') = 0,
    'ALTER TABLE audit_log ADD COLUMN reason TEXT', 'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
