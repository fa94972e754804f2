-- Lists of bookings ordered by check-in, and the booking with a confirmation code.
-- The code is a column that the database computes. All of a table is added at once, unless an interrupted run has added it.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'bookings' AND column_name = 'confirmation_code') = 0,
    'ALTER TABLE bookings
        ADD COLUMN confirmation_code VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            GENERATED ALWAYS AS (JSON_UNQUOTE(JSON_EXTRACT(confirmation, ''$.code''))) VIRTUAL,
        ADD INDEX bookings_code_index (confirmation_code),
        ADD INDEX bookings_guest_stay_index (guest_id, check_in, id),
        ADD INDEX bookings_host_stay_index (host_id, check_in, id),
        ADD INDEX bookings_property_stay_index (property_id, check_in, id),
        ADD INDEX bookings_stay_index (check_in, id)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;

-- Lists of reviews for operators.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
        AND table_name = 'reviews' AND index_name = 'reviews_created_index') = 0,
    'ALTER TABLE reviews
        ADD INDEX reviews_created_index (created_at, id),
        ADD INDEX reviews_subject_index (subject, created_at, id),
        ADD INDEX reviews_property_index (property_id, created_at, id)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
