-- A deleted property is an unlisted one of its host again.
ALTER TABLE properties DROP COLUMN deleted_at;
