//! The audit log. Its columns `was` and `became` hold the values before and after.

use super::accounts::users;

table! {
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
        seal -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(audit_log, users);
