//! The audit log.

diesel::table! {
    use crate::uuid_column::UuidSql;
    use diesel::sql_types::*;

    audit_log (number) {
        number -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<UuidSql>,
        address -> Nullable<Text>,
        action -> Text,
        subject_kind -> Nullable<Text>,
        subject_id -> Nullable<UuidSql>,
        was -> Nullable<Text>,
        became -> Nullable<Text>,
        previous_hash -> Text,
        hash -> Text,
    }
}
