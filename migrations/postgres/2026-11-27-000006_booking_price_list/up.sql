-- Conditions by which alterations are priced, and the number of applied ones. A booking made before keeps the conditions that
-- its property has now; what its own price tells goes before them when it is read.
ALTER TABLE bookings
    ADD COLUMN conditions TEXT NOT NULL DEFAULT '{}',
    ADD COLUMN alterations INTEGER NOT NULL DEFAULT 0 CONSTRAINT bookings_alterations_check CHECK (alterations >= 0);
-- The grace period belongs to the check-in that a booking had when it was confirmed.
UPDATE bookings SET
    conditions = json_build_object('property', json_build_object(
        'pricing', properties.details::jsonb -> 'pricing',
        'cancellation_policy', properties.details::jsonb -> 'cancellation_policy',
        'long_stay_policy', properties.details::jsonb -> 'long_stay_policy'))::text,
    confirmation = (bookings.confirmation::jsonb || jsonb_build_object('check_in', bookings.check_in))::text
    FROM properties WHERE properties.id = bookings.property_id;
