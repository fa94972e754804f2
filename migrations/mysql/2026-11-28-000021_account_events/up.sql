-- What changed for whom, written with the change. A row gets its position from the first reader after its commit, so
-- that the positions are in the order of the commits.
CREATE TABLE IF NOT EXISTS account_events (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    subject_kind VARCHAR(32) NOT NULL,
    subject_id BINARY(16) NOT NULL,
    notice TEXT,
    side VARCHAR(32),
    created_at DATETIME(6) NOT NULL,
    sequence BIGINT,
    CONSTRAINT account_events_pkey PRIMARY KEY (id),
    CONSTRAINT account_events_sequence_key UNIQUE (sequence),
    CONSTRAINT account_events_subject_kind_check CHECK (subject_kind IN ('booking', 'review', 'account')),
    CONSTRAINT account_events_side_check CHECK (side IN ('guest', 'host')),
    CONSTRAINT account_events_sequence_check CHECK (sequence >= 1),
    INDEX account_events_user_index (user_id, sequence),
    INDEX account_events_created_index (created_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO advisory_locks (id) VALUES (7205759403792793603) ON DUPLICATE KEY UPDATE id = id;
