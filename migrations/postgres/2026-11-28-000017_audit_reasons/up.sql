-- The reason that the actor gave. The hash of a line covers it if there is one, so that earlier lines stay as they are.
ALTER TABLE audit_log ADD COLUMN reason TEXT;
