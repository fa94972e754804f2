ALTER TABLE properties DROP COLUMN deleted_at;
