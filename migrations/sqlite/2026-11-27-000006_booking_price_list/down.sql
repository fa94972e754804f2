-- Loses the conditions of bookings and the numbers of their alterations.
UPDATE bookings SET confirmation = json_remove(confirmation, '$.check_in') WHERE confirmation IS NOT NULL;
UPDATE bookings SET alteration = json_remove(alteration, '$.payment_method') WHERE alteration IS NOT NULL;
ALTER TABLE bookings DROP COLUMN alterations;
ALTER TABLE bookings DROP COLUMN conditions;
-- The earlier program refuses fields that it does not know.
UPDATE bookings SET terms = json_remove(terms, '$.max_alterations');
UPDATE terms_versions SET terms = json_remove(terms, '$.max_alterations');
