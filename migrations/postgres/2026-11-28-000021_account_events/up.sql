-- What changed for whom, written with the change. A row gets its position from the first reader after its commit, so
-- that the positions are in the order of the commits.
CREATE TABLE account_events (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    subject_kind TEXT NOT NULL CONSTRAINT account_events_subject_kind_check CHECK (subject_kind IN ('booking', 'review', 'account')),
    subject_id UUID NOT NULL,
    notice TEXT,
    side TEXT CONSTRAINT account_events_side_check CHECK (side IN ('guest', 'host')),
    created_at TIMESTAMP NOT NULL,
    sequence BIGINT CONSTRAINT account_events_sequence_check CHECK (sequence >= 1),
    CONSTRAINT account_events_pkey PRIMARY KEY (id),
    CONSTRAINT account_events_sequence_key UNIQUE (sequence)
);
CREATE INDEX account_events_user_index ON account_events (user_id, sequence);
CREATE INDEX account_events_created_index ON account_events (created_at);
