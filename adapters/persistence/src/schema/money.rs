//! Payouts, the journal and the terms.

table! {
    payouts (property_id, payment_id, position) {
        property_id -> UuidSql,
        payment_id -> UuidSql,
        position -> Integer,
        id -> UuidSql,
        host_id -> UuidSql,
        booking_id -> UuidSql,
        amount -> BigInt,
        withheld -> BigInt,
        currency -> Text,
        due_at -> Timestamp,
        status -> Text,
        paid_at -> Nullable<Timestamp>,
        call_id -> Nullable<UuidSql>,
    }
}

table! {
    journal (property_id, booking_id, cause, source) {
        property_id -> UuidSql,
        booking_id -> UuidSql,
        cause -> Text,
        source -> UuidSql,
        host_id -> UuidSql,
        currency -> Text,
        at -> Timestamp,
        guest_receivable -> BigInt,
        processor_cash -> BigInt,
        host_payable -> BigInt,
        platform_revenue -> BigInt,
        tax_payable -> BigInt,
    }
}

table! {
    host_accounts (host_id, currency) {
        host_id -> UuidSql,
        currency -> Text,
        version -> BigInt,
    }
}

table! {
    terms_versions (version) {
        version -> BigInt,
        terms -> Text,
        in_force_from -> Timestamp,
    }
}
