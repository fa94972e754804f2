//! PostgreSQL.

use std::time::Duration;

use diesel::result::DatabaseErrorInformation;

use super::definition::{Dialect, Placeholders, STATEMENT_TIMEOUT, SqlType};

/// Ends statements that run for longer than a limit.
pub(crate) fn statement_timeout(limit: Duration) -> String {
    format!("SET statement_timeout = {}", limit.as_millis())
}

/// The dialect of PostgreSQL.
pub(crate) struct Postgres;

impl Dialect for Postgres {
    fn connection_settings(&self) -> String {
        format!(
            "SET TIME ZONE 'UTC'; {}",
            statement_timeout(STATEMENT_TIMEOUT)
        )
    }

    fn time_limit(&self, limit: Duration) -> Option<String> {
        Some(statement_timeout(limit))
    }

    /// READ COMMITTED, the default.
    fn begin_write(&self) -> &'static str {
        "BEGIN"
    }

    fn begin_read(&self) -> &'static str {
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
    }

    fn has_single_writer(&self) -> bool {
        false
    }

    fn placeholders(&self) -> Placeholders {
        Placeholders::Dollar
    }

    fn cast(&self, expression: &str, to: SqlType) -> String {
        format!("CAST({expression} AS {})", to.standard_name())
    }

    fn concat(&self, parts: &[&str]) -> String {
        parts.join(" || ")
    }

    fn json_integer(&self, column: &str, path: &str) -> String {
        format!("CAST(CAST({column} AS json) #>> CAST({path} AS text[]) AS BIGINT)")
    }

    fn json_path(&self, names: &[&str]) -> String {
        format!("{{{}}}", names.join(","))
    }

    fn is_friday_or_saturday(&self, date: &str) -> String {
        format!("EXTRACT(DOW FROM {date}) IN (5, 6)")
    }

    fn contains_bytes(&self, column: &str, bytes: &str) -> String {
        format!("position({bytes} in {column}) > 0")
    }

    fn confirmation_code(&self) -> &'static str {
        "(CAST(confirmation AS json) ->> 'code')"
    }

    fn share_lock(&self) -> Option<&'static str> {
        Some("FOR SHARE")
    }

    fn exclusive_lock(&self) -> Option<&'static str> {
        Some("FOR NO KEY UPDATE")
    }

    fn transaction_lock(&self, key: i64) -> Option<String> {
        Some(format!("SELECT pg_advisory_xact_lock({key})"))
    }

    fn find_read_only(&self) -> &'static str {
        "SELECT 'read-only' AS word WHERE current_setting('transaction_read_only') = 'on'"
    }

    fn find_migrations_table(&self) -> &'static str {
        "SELECT 'it' AS word WHERE to_regclass('__diesel_schema_migrations') IS NOT NULL"
    }

    fn is_violation(&self, info: &dyn DatabaseErrorInformation, name: &str, _: &str) -> bool {
        info.constraint_name() == Some(name)
    }

    /// Diesel has a kind for serialization failures (40001), but none for deadlocks (40P01).
    fn is_transient(&self, message: &str) -> bool {
        message.contains("deadlock")
    }

    /// Diesel has a kind for it.
    fn is_read_only(&self, _: &str) -> bool {
        false
    }

    fn unavailable_messages(&self) -> &'static [&'static str] {
        &[
            "no space left on device",
            "could not extend file",
            "could not write",
            "server closed the connection",
            "terminating connection",
            "connection to server",
            "no connection to the server",
            "ssl connection has been closed",
            "could not receive data from server",
            "could not send data to server",
            "remaining connection slots",
            "too many clients",
            "out of memory",
            "cannot connect now",
            "the database system is",
            "canceling statement",
        ]
    }
}
