//! Background work and its workers, and events of accounts.

table! {
    jobs (id) {
        id -> UuidSql,
        kind -> Text,
        notice -> Text,
        recipient -> Nullable<Text>,
        origin_id -> Nullable<UuidSql>,
        attempts -> BigInt,
        due_at -> Nullable<Timestamp>,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

table! {
    job_failures (kind, subject_id) {
        kind -> Text,
        subject_id -> UuidSql,
        id -> UuidSql,
        attempts -> BigInt,
        next_try_at -> Nullable<Timestamp>,
        last_error -> Text,
    }
}

table! {
    worker_heartbeats (worker_id, kind) {
        worker_id -> UuidSql,
        kind -> Text,
        last_seen_at -> Timestamp,
    }
}

table! {
    account_events (id) {
        id -> UuidSql,
        user_id -> UuidSql,
        subject_kind -> Text,
        subject_id -> UuidSql,
        notice -> Nullable<Text>,
        side -> Nullable<Text>,
        created_at -> Timestamp,
        sequence -> Nullable<BigInt>,
    }
}
