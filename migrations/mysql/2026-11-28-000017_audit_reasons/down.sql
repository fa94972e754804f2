-- The hash of a line covers its reason, so that the log would seem altered without it.
DROP TEMPORARY TABLE IF EXISTS lines_with_reasons;
CREATE TEMPORARY TABLE lines_with_reasons (
    number INTEGER NOT NULL,
    CONSTRAINT audit_lines_with_reasons_cannot_be_reverted CHECK (number = 0)
);
INSERT INTO lines_with_reasons SELECT COUNT(*) FROM audit_log WHERE reason IS NOT NULL;
DROP TEMPORARY TABLE lines_with_reasons;
ALTER TABLE audit_log DROP COLUMN reason;
