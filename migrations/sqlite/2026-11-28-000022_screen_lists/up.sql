-- Lists of bookings ordered by check-in, and the booking with a confirmation code.
CREATE INDEX bookings_guest_stay_index ON bookings (guest_id, check_in, id);
CREATE INDEX bookings_host_stay_index ON bookings (host_id, check_in, id);
CREATE INDEX bookings_property_stay_index ON bookings (property_id, check_in, id);
CREATE INDEX bookings_stay_index ON bookings (check_in, id);
CREATE INDEX bookings_code_index ON bookings ((json_extract(confirmation, '$.code')));

-- Lists of reviews for operators.
CREATE INDEX reviews_created_index ON reviews (created_at, id);
CREATE INDEX reviews_subject_index ON reviews (subject, created_at, id);
CREATE INDEX reviews_property_index ON reviews (property_id, created_at, id);
