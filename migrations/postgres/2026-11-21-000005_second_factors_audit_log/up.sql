-- Second factors, the audit log, and the addresses of sessions.
ALTER TABLE sessions ADD COLUMN address TEXT;
CREATE INDEX sessions_address_index ON sessions (user_id, address);

-- One without `confirmed_at` is not required yet. Recovery codes are stored as their digests, in a JSON array.
CREATE TABLE second_factors (
    user_id UUID NOT NULL CONSTRAINT second_factors_pkey PRIMARY KEY
        CONSTRAINT second_factors_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret TEXT NOT NULL,
    confirmed_at TIMESTAMP,
    last_step BIGINT NOT NULL,
    recovery TEXT NOT NULL,
    version BIGINT NOT NULL CONSTRAINT second_factors_version_check CHECK (version >= 1)
);

-- Each line refers to the one before it by its hash, and outlives the accounts that it names. Append-only. Values before
-- and after are in `was` and `became`.
CREATE TABLE audit_log (
    number BIGINT NOT NULL PRIMARY KEY CONSTRAINT audit_log_number_check CHECK (number >= 1),
    at TIMESTAMP NOT NULL,
    actor_id UUID,
    address TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT CONSTRAINT audit_log_subject_kind_check CHECK (subject_kind IN ('user', 'property', 'booking', 'payment', 'session')),
    subject_id UUID,
    was TEXT,
    became TEXT,
    previous_hash TEXT NOT NULL CONSTRAINT audit_log_previous_hash_check CHECK (length(previous_hash) = 64),
    hash TEXT NOT NULL CONSTRAINT audit_log_hash_key UNIQUE CONSTRAINT audit_log_hash_check CHECK (length(hash) = 64),
    CONSTRAINT audit_log_subject_check CHECK ((subject_kind IS NULL) = (subject_id IS NULL))
);
CREATE INDEX audit_log_at_index ON audit_log (at, number);
CREATE INDEX audit_log_actor_index ON audit_log (actor_id, at, number);
CREATE INDEX audit_log_subject_index ON audit_log (subject_id, subject_kind, at, number);
CREATE INDEX audit_log_action_index ON audit_log (action, at, number);
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Indexes of the lists of operators.
CREATE INDEX users_state_index ON users ((CASE WHEN erased_at IS NOT NULL THEN 'erased' WHEN suspended_at IS NOT NULL THEN 'suspended' WHEN email_verified THEN 'active' ELSE 'unverified' END), id);
CREATE INDEX properties_created_index ON properties (created_at, id);
CREATE INDEX properties_status_index ON properties (status, created_at, id);
CREATE INDEX properties_host_created_index ON properties (host_id, created_at, id);
CREATE INDEX payment_entries_refund_index ON payment_entries (at, id) WHERE kind = 'refund';
