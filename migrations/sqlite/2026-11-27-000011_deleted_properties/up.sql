-- A deleted property that has bookings is kept for them.
ALTER TABLE properties ADD COLUMN deleted_at TIMESTAMP;
