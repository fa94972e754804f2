DROP TABLE idempotency_keys;
DROP TABLE jobs;
DROP TABLE one_time_tokens;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE users;
