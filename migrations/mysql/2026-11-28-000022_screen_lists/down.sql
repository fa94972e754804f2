SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'reviews' AND index_name = 'reviews_created_index'),
    'ALTER TABLE reviews DROP INDEX reviews_property_index, DROP INDEX reviews_subject_index,
        DROP INDEX reviews_created_index',
    'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = 'bookings' AND column_name = 'confirmation_code'),
    'ALTER TABLE bookings DROP INDEX bookings_stay_index, DROP INDEX bookings_property_stay_index,
        DROP INDEX bookings_host_stay_index, DROP INDEX bookings_guest_stay_index, DROP INDEX bookings_code_index,
        DROP COLUMN confirmation_code',
    'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
