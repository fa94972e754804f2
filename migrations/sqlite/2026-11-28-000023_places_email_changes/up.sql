-- The place of a property, for suggestions of cities: the key is compared, the name is shown. Both are written with the
-- version of the search columns.
ALTER TABLE properties ADD COLUMN place_key TEXT;
ALTER TABLE properties ADD COLUMN place_name TEXT;
CREATE INDEX properties_place_index ON properties (place_key, place_name, latitude, longitude) WHERE status = 'listed';

-- The address that an account is to have, at most one an account, until the token mailed to it is confirmed.
CREATE TABLE email_changes (
    user_id BLOB NOT NULL PRIMARY KEY CONSTRAINT email_changes_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL CONSTRAINT email_changes_token_key UNIQUE
        CONSTRAINT email_changes_hash_check CHECK (length(token_hash) = 64),
    email TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
