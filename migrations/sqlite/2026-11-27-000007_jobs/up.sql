-- Kinds, recipients and leases of jobs; failures of work that follows from other rows; heartbeats of workers.
-- A job of an earlier version without `recipient` is split into one for each recipient when it is leased. `origin_id` is
-- the job of the first recipient of the same notification. A leased job is due again when its lease ends, so that
-- workers of earlier versions respect the lease.
ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT 'email';
ALTER TABLE jobs ADD COLUMN recipient TEXT CONSTRAINT jobs_recipient_check CHECK (recipient IN ('guest', 'host'));
ALTER TABLE jobs ADD COLUMN origin_id BLOB;
ALTER TABLE jobs ADD COLUMN leased_until TIMESTAMP;
DROP INDEX jobs_due_index;
CREATE INDEX jobs_due_index ON jobs (kind, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_set_aside_index ON jobs (kind, id) WHERE due_at IS NULL;

-- A row without `next_try_at` is set aside for an operator.
CREATE TABLE job_failures (
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    id BLOB NOT NULL CONSTRAINT job_failures_id_key UNIQUE,
    attempts BIGINT NOT NULL CONSTRAINT job_failures_attempts_check CHECK (attempts >= 0),
    next_try_at TIMESTAMP,
    last_error TEXT NOT NULL,
    CONSTRAINT job_failures_pkey PRIMARY KEY (kind, subject_id)
) WITHOUT ROWID;
CREATE INDEX job_failures_set_aside_index ON job_failures (kind, id) WHERE next_try_at IS NULL;

CREATE TABLE worker_heartbeats (
    worker_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    CONSTRAINT worker_heartbeats_pkey PRIMARY KEY (worker_id, kind)
) WITHOUT ROWID;
