//! Properties and everything below them. The columns that the database itself computes are left out.

use super::accounts::users;

table! {
    properties (id) {
        id -> UuidSql,
        host_id -> UuidSql,
        status -> Text,
        details -> Text,
        search_text -> Text,
        city_key -> Nullable<Text>,
        place_key -> Nullable<Text>,
        place_name -> Nullable<Text>,
        country -> Nullable<Text>,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        max_guests -> Nullable<Integer>,
        bedrooms -> Integer,
        property_type -> Text,
        room_type -> Text,
        instant -> Bool,
        nightly -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        min_nights -> Integer,
        max_nights -> Integer,
        preparation_nights -> Integer,
        weekend -> Nullable<BigInt>,
        time_zone -> Nullable<Text>,
        max_discount_bps -> Integer,
        search_version -> Integer,
        deleted_at -> Nullable<Timestamp>,
        rating_sum -> BigInt,
        rating_count -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

table! {
    property_amenities (property_id, amenity) {
        property_id -> UuidSql,
        amenity -> Text,
    }
}

table! {
    property_discounts (property_id, kind, threshold) {
        property_id -> UuidSql,
        kind -> Text,
        threshold -> Integer,
        discount_bps -> Integer,
    }
}

table! {
    calendar_rules (property_id, night) {
        property_id -> UuidSql,
        night -> Date,
        price -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        min_nights -> Nullable<Integer>,
        max_nights -> Nullable<Integer>,
        closed_to_arrival -> Bool,
        closed_to_departure -> Bool,
        note -> Nullable<Text>,
    }
}

table! {
    bookings (property_id, id) {
        property_id -> UuidSql,
        id -> UuidSql,
        host_id -> UuidSql,
        guest_id -> UuidSql,
        check_in -> Date,
        check_out -> Date,
        guests -> Text,
        preparation_nights -> Integer,
        status -> Text,
        total -> BigInt,
        currency -> Text,
        price -> Text,
        policy -> Text,
        terms -> Text,
        mode -> Text,
        zone -> Text,
        check_in_from -> Time,
        check_out_until -> Time,
        message -> Nullable<Text>,
        payment_id -> Nullable<UuidSql>,
        requested_at -> Nullable<Timestamp>,
        confirmation -> Nullable<Text>,
        cancellation -> Nullable<Text>,
        alteration -> Nullable<Text>,
        conditions -> Text,
        alterations -> Integer,
        history -> Text,
        due_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

table! {
    booked_nights (property_id, night) {
        property_id -> UuidSql,
        night -> Date,
        kind -> Text,
        booking_id -> Nullable<UuidSql>,
    }
}

table! {
    payments (property_id, id) {
        property_id -> UuidSql,
        id -> UuidSql,
        booking_id -> UuidSql,
        amount -> BigInt,
        currency -> Text,
        reference -> Nullable<Text>,
        method -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
        refund_owed_since -> Nullable<Timestamp>,
    }
}

table! {
    payment_entries (property_id, payment_id, position) {
        property_id -> UuidSql,
        payment_id -> UuidSql,
        position -> Integer,
        id -> UuidSql,
        kind -> Text,
        amount -> BigInt,
        at -> Timestamp,
        reason -> Nullable<Text>,
        reference -> Nullable<Text>,
        against -> Nullable<UuidSql>,
        borne_by -> Nullable<Text>,
    }
}

table! {
    payment_calls (property_id, payment_id, id) {
        property_id -> UuidSql,
        payment_id -> UuidSql,
        id -> UuidSql,
        position -> Integer,
        kind -> Text,
        amount -> BigInt,
        method -> Nullable<Text>,
        reason -> Nullable<Text>,
        at -> Timestamp,
        against -> Nullable<UuidSql>,
        borne_by -> Nullable<Text>,
    }
}

table! {
    reviews (property_id, id) {
        property_id -> UuidSql,
        id -> UuidSql,
        booking_id -> Nullable<UuidSql>,
        reviewer_id -> UuidSql,
        addressee_id -> UuidSql,
        subject -> Text,
        overall -> Integer,
        scores -> Text,
        public_comment -> Text,
        private_note -> Nullable<Text>,
        response -> Nullable<Text>,
        window_ends_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        respond_by -> Nullable<Timestamp>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
        counted -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(bookings, payments, payment_calls, payment_entries);
diesel::allow_tables_to_appear_in_same_query!(properties, users);
