\set i :i + 1
\set at :i * 8 + :client_id
\set property 1 + :at % 10000
\set day 8 * (:at / 10000)
BEGIN;
WITH booked AS (INSERT INTO bookings (property_id, id, host_id, guest_id, check_in, check_out, guests, preparation_nights, status, total, currency, price, policy, terms, mode, zone, check_in_from, check_out_until, history, due_at, created_at, updated_at, version) SELECT id, gen_random_uuid(), host_id, host_id, date '2030-01-02' + :day::int, date '2030-01-05' + :day::int, '{"adults":2,"children":0,"infants":0,"pets":0}', 0, 'pending_payment', 60808, 'EUR', repeat('x', 1100), 'moderate', repeat('x', 280), 'instant', 'Europe/Lisbon', '15:00', '11:00', repeat('x', 120), now() + interval '1 hour', now(), now(), 1 FROM bench_properties WHERE n = :property::bigint RETURNING property_id, id)
INSERT INTO booked_nights (property_id, night, kind, booking_id) SELECT property_id, date '2030-01-02' + :day::int + night, 'held', id FROM booked, generate_series(0, 2) AS night;
INSERT INTO jobs (id, notice, attempts, due_at) VALUES (gen_random_uuid(), '{"kind":"booking_changed","booking_id":"01a1feee-3437-713f-bd9f-5e019b04dbdf"}', 0, now() + interval '1 hour');
COMMIT;
