-- What a keyed request came to is stored with its work. The keys of the day before are dropped: their fingerprints are
-- plain hashes, which a repeated request no longer has.
DROP TABLE idempotency_keys;

-- A row is claimed by an attempt until `leased_until`; none is running when that is absent. `outcome` is the JSON of the
-- resource that the work changed, stored in the transaction of the work by the attempt that did it.
CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    attempt UUID NOT NULL,
    leased_until TIMESTAMP,
    outcome TEXT,
    status INTEGER,
    headers TEXT,
    body BYTEA,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_keys_answer_check CHECK ((status IS NULL) = (headers IS NULL) AND (status IS NULL) = (body IS NULL))
);
CREATE INDEX idempotency_keys_claimed_index ON idempotency_keys (claimed_at);
