-- Finds the operators when one of them loses the role.
SET @statement = IF(
    EXISTS (SELECT 1 FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = 'users' AND index_name = 'users_operators_index'),
    'DO 0',
    'CREATE INDEX users_operators_index ON users (role, id)');
PREPARE statement FROM @statement;
EXECUTE statement;
DEALLOCATE PREPARE statement;

-- The row that transactions lock while they take the role from an operator.
INSERT INTO advisory_locks (id) VALUES (7205759403792793602) ON DUPLICATE KEY UPDATE id = id;
