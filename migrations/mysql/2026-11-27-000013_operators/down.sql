SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'users' AND index_name = 'users_operators_index'),
    'DROP INDEX users_operators_index ON users',
    'DO 0');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;
DELETE FROM advisory_locks WHERE id = 7205759403792793602;
