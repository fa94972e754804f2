-- The earlier version mails all recipients of a job: one of several jobs of a notification is enough. Where the first
-- recipient has got the mail already, it gets it again.
DROP TABLE worker_heartbeats;
DROP TABLE job_failures;
DELETE FROM jobs WHERE kind <> 'email' OR origin_id IN (SELECT id FROM jobs);
DROP INDEX jobs_set_aside_index;
DROP INDEX jobs_due_index;
ALTER TABLE jobs DROP COLUMN leased_until;
ALTER TABLE jobs DROP COLUMN origin_id;
ALTER TABLE jobs DROP COLUMN recipient;
ALTER TABLE jobs DROP COLUMN kind;
CREATE INDEX jobs_due_index ON jobs (due_at, id) WHERE due_at IS NOT NULL;
