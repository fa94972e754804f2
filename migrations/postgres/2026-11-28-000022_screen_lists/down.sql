DROP INDEX reviews_property_index;
DROP INDEX reviews_subject_index;
DROP INDEX reviews_created_index;
DROP INDEX bookings_code_index;
DROP INDEX bookings_stay_index;
DROP INDEX bookings_property_stay_index;
DROP INDEX bookings_host_stay_index;
DROP INDEX bookings_guest_stay_index;
