-- The hash of a line covers its reason, so that the log would seem altered without it.
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM audit_log WHERE reason IS NOT NULL) THEN
        RAISE EXCEPTION 'audit_lines_with_reasons_cannot_be_reverted';
    END IF;
END $$;
ALTER TABLE audit_log DROP COLUMN reason;
