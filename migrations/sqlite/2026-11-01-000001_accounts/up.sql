-- Times are text in UTC, `YYYY-MM-DD HH:MM:SS.ffffff`; ids are UUIDs of 16 bytes.
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT users_id_check CHECK (length(id) = 16),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL CONSTRAINT users_email_key UNIQUE,
    email_verified BOOLEAN NOT NULL,
    password_hash TEXT,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    phone TEXT,
    locale TEXT,
    currency TEXT CONSTRAINT users_currency_check CHECK (length(currency) = 3),
    role TEXT NOT NULL CONSTRAINT users_role_check CHECK (role IN ('member', 'admin')),
    suspended_at TIMESTAMP,
    erased_at TIMESTAMP,
    rating_sum BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL CONSTRAINT users_version_check CHECK (version >= 1),
    CONSTRAINT users_rating_check CHECK (rating_sum >= 0 AND rating_count >= 0)
);
CREATE INDEX users_role_index ON users (role, id);

CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL CONSTRAINT sessions_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    user_agent TEXT
);
CREATE INDEX sessions_user_index ON sessions (user_id, last_used_at);

CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY CONSTRAINT refresh_tokens_hash_check CHECK (length(token_hash) = 64),
    session_id BLOB NOT NULL CONSTRAINT refresh_tokens_session_fkey REFERENCES sessions (id) ON DELETE CASCADE,
    used_at TIMESTAMP
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_session_index ON refresh_tokens (session_id, used_at);

CREATE TABLE one_time_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY CONSTRAINT one_time_tokens_hash_check CHECK (length(token_hash) = 64),
    user_id BLOB NOT NULL CONSTRAINT one_time_tokens_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CONSTRAINT one_time_tokens_purpose_check CHECK (purpose IN ('verify_email', 'reset_password')),
    expires_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX one_time_tokens_user_index ON one_time_tokens (user_id, purpose);

-- A job without `due_at` is set aside for an operator; one that a worker has leased is due again when its lease ends.
CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    notice TEXT NOT NULL,
    attempts BIGINT NOT NULL CONSTRAINT jobs_attempts_check CHECK (attempts >= 0),
    due_at TIMESTAMP,
    last_error TEXT
);
CREATE INDEX jobs_due_index ON jobs (due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    status INTEGER,
    headers TEXT,
    body BLOB,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_keys_answer_check CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
);
CREATE INDEX idempotency_keys_claimed_index ON idempotency_keys (claimed_at);
