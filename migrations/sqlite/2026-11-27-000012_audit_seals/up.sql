-- Authentication of each line by a key that is not in the database. Lines recorded before have none.
ALTER TABLE audit_log ADD COLUMN seal TEXT CONSTRAINT audit_log_seal_check CHECK (length(seal) = 64);
