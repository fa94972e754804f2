//! Accounts, and everything that belongs to no property.

table! {
    users (id) {
        id -> UuidSql,
        email -> Text,
        email_key -> Text,
        email_verified -> Bool,
        password_hash -> Nullable<Text>,
        first_name -> Text,
        last_name -> Text,
        phone -> Nullable<Text>,
        locale -> Nullable<Text>,
        currency -> Nullable<Text>,
        role -> Text,
        suspended_at -> Nullable<Timestamp>,
        erased_at -> Nullable<Timestamp>,
        rating_sum -> BigInt,
        rating_count -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
        search_name -> Text,
        search_version -> Integer,
    }
}

table! {
    sessions (id) {
        id -> UuidSql,
        user_id -> UuidSql,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
        expires_at -> Timestamp,
        user_agent -> Nullable<Text>,
        address -> Nullable<Text>,
    }
}

table! {
    second_factors (user_id) {
        user_id -> UuidSql,
        sealed_secret -> Text,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> BigInt,
        recovery -> Text,
        version -> BigInt,
        wrong_codes -> BigInt,
    }
}

table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> UuidSql,
        used_at -> Nullable<Timestamp>,
        successor -> Nullable<Text>,
    }
}

table! {
    one_time_tokens (token_hash) {
        token_hash -> Text,
        user_id -> UuidSql,
        purpose -> Text,
        expires_at -> Timestamp,
    }
}

table! {
    email_changes (user_id) {
        user_id -> UuidSql,
        token_hash -> Text,
        email -> Text,
        expires_at -> Timestamp,
    }
}

table! {
    idempotency_keys (scope, key) {
        scope -> Text,
        key -> Text,
        fingerprint -> Text,
        claimed_at -> Timestamp,
        attempt -> UuidSql,
        leased_until -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        status -> Nullable<Integer>,
        headers -> Nullable<Text>,
        body -> Nullable<Binary>,
    }
}

table! {
    address_mails (address_hash, slot) {
        address_hash -> Text,
        slot -> Integer,
        at -> Timestamp,
    }
}

table! {
    wishlists (id) {
        id -> UuidSql,
        user_id -> UuidSql,
        name -> Text,
        share_token -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

table! {
    wishlist_items (wishlist_id, property_id) {
        wishlist_id -> UuidSql,
        property_id -> UuidSql,
        note -> Nullable<Text>,
        added_at -> Timestamp,
    }
}

diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(sessions -> users (user_id));
diesel::allow_tables_to_appear_in_same_query!(refresh_tokens, sessions, users);
diesel::allow_tables_to_appear_in_same_query!(wishlist_items, wishlists);
