-- Loses the conditions of bookings and the numbers of their alterations.
ALTER TABLE bookings
    DROP COLUMN alterations,
    DROP COLUMN conditions;
-- The earlier program refuses fields that it does not know.
UPDATE bookings SET
    confirmation = (confirmation::jsonb - 'check_in')::text,
    alteration = (alteration::jsonb - 'payment_method')::text,
    terms = (terms::jsonb - 'max_alterations')::text;
UPDATE terms_versions SET terms = (terms::jsonb - 'max_alterations')::text;
