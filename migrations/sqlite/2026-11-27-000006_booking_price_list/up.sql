-- Conditions by which alterations are priced, and the number of applied ones. A booking made before keeps the conditions that
-- its property has now; what its own price tells goes before them when it is read.
ALTER TABLE bookings ADD COLUMN conditions TEXT NOT NULL DEFAULT '{}';
ALTER TABLE bookings ADD COLUMN alterations INTEGER NOT NULL DEFAULT 0 CONSTRAINT bookings_alterations_check CHECK (alterations >= 0);
UPDATE bookings SET conditions =
    (SELECT json_object('property', json_object(
        'pricing', json_extract(properties.details, '$.pricing'),
        'cancellation_policy', json_extract(properties.details, '$.cancellation_policy'),
        'long_stay_policy', json_extract(properties.details, '$.long_stay_policy')))
    FROM properties WHERE properties.id = bookings.property_id);
-- The grace period belongs to the check-in that a booking had when it was confirmed.
UPDATE bookings SET confirmation = json_set(confirmation, '$.check_in', check_in) WHERE confirmation IS NOT NULL;
