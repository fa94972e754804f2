-- The place of a property, for suggestions of cities: the key is compared, the name is shown. Both are written with the
-- version of the search columns. They are added unless an interrupted run has added them.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'properties' AND column_name = 'place_key') = 0,
    'ALTER TABLE properties ADD COLUMN place_key VARCHAR(410), ADD COLUMN place_name VARCHAR(210),
        ADD INDEX properties_place_index (status, place_key, place_name, latitude, longitude)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;

-- The address that an account is to have, at most one an account, until the token mailed to it is confirmed.
CREATE TABLE IF NOT EXISTS email_changes (
    user_id BINARY(16) NOT NULL,
    token_hash VARCHAR(64) NOT NULL,
    email VARCHAR(320) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    CONSTRAINT email_changes_pkey PRIMARY KEY (user_id),
    CONSTRAINT email_changes_token_key UNIQUE (token_hash),
    CONSTRAINT email_changes_hash_check CHECK (CHAR_LENGTH(token_hash) = 64),
    CONSTRAINT email_changes_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
