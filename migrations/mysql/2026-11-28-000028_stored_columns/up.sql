-- The computed columns become stored ones. MariaDB's index over a virtual column was seen to miss a row for a moment after
-- a row beside it had changed.
SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'bookings' AND column_name = 'confirmation_code' AND extra LIKE '%VIRTUAL%'),
    'ALTER TABLE bookings
        DROP INDEX bookings_code_index,
        DROP COLUMN confirmation_code,
        ADD COLUMN confirmation_code VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            GENERATED ALWAYS AS (JSON_UNQUOTE(JSON_EXTRACT(confirmation, ''$.code''))) STORED,
        ADD INDEX bookings_code_index (confirmation_code)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;

SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'users' AND column_name = 'state' AND extra LIKE '%VIRTUAL%'),
    'ALTER TABLE users
        DROP INDEX users_state_index,
        DROP COLUMN state,
        ADD COLUMN state VARCHAR(16) GENERATED ALWAYS AS (CASE WHEN erased_at IS NOT NULL THEN ''erased''
            WHEN suspended_at IS NOT NULL THEN ''suspended'' WHEN email_verified THEN ''active'' ELSE ''unverified'' END) STORED,
        ADD INDEX users_state_index (state, id)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
