//! Background work and its workers, and events of accounts.

diesel::table! {
    use crate::columns::uuid::UuidSql;
    use diesel::sql_types::*;

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

diesel::table! {
    use crate::columns::uuid::UuidSql;
    use diesel::sql_types::*;

    job_failures (kind, subject_id) {
        kind -> Text,
        subject_id -> UuidSql,
        id -> UuidSql,
        attempts -> BigInt,
        next_try_at -> Nullable<Timestamp>,
        last_error -> Text,
    }
}

diesel::table! {
    use crate::columns::uuid::UuidSql;
    use diesel::sql_types::*;

    worker_heartbeats (worker_id, kind) {
        worker_id -> UuidSql,
        kind -> Text,
        last_seen_at -> Timestamp,
    }
}

diesel::table! {
    use crate::columns::uuid::UuidSql;
    use diesel::sql_types::*;

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
