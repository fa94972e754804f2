//! SQLite.

use std::time::Duration;

use diesel::result::DatabaseErrorInformation;

use super::definition::{Dialect, Placeholders, SqlType};

/// The dialect of SQLite.
pub(crate) struct Sqlite;

impl Dialect for Sqlite {
    /// The time limit comes first: the switch to WAL may have to wait for another process. FULL, because a booking
    /// that was confirmed to a guest must survive a power cut.
    fn connection_settings(&self) -> String {
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;"
            .to_owned()
    }

    /// SQLite ends a statement by its C interface only, which needs unsafe code.
    fn time_limit(&self, _: Duration) -> Option<String> {
        None
    }

    /// Takes the write lock at once, so that nothing the transaction reads can change under it.
    fn begin_write(&self) -> &'static str {
        "BEGIN IMMEDIATE"
    }

    fn begin_read(&self) -> &'static str {
        "BEGIN"
    }

    fn has_single_writer(&self) -> bool {
        true
    }

    /// SQLite takes `$1` for a name and numbers names as they appear; what numbers itself is `?1`.
    fn placeholders(&self) -> Placeholders {
        Placeholders::QuestionMark
    }

    fn cast(&self, expression: &str, to: SqlType) -> String {
        // Dates are texts.
        let to = match to {
            SqlType::Date => SqlType::Text,
            other => other,
        };
        format!("CAST({expression} AS {})", to.standard_name())
    }

    fn concat(&self, parts: &[&str]) -> String {
        parts.join(" || ")
    }

    fn json_integer(&self, column: &str, path: &str) -> String {
        format!("json_extract({column}, {path})")
    }

    fn is_friday_or_saturday(&self, date: &str) -> String {
        format!("strftime('%w', {date}) IN ('5', '6')")
    }

    fn contains_bytes(&self, column: &str, bytes: &str) -> String {
        format!("instr({column}, {bytes}) > 0")
    }

    fn confirmation_code(&self) -> &'static str {
        "(json_extract(confirmation, '$.code'))"
    }

    fn share_lock(&self) -> Option<&'static str> {
        None
    }

    fn exclusive_lock(&self) -> Option<&'static str> {
        None
    }

    fn transaction_lock(&self, _: i64) -> Option<String> {
        None
    }

    fn find_read_only(&self) -> &'static str {
        "SELECT 'read-only' AS word WHERE (SELECT query_only FROM pragma_query_only) = 1"
    }

    fn find_migrations_table(&self) -> &'static str {
        "SELECT name AS word FROM sqlite_master WHERE name = '__diesel_schema_migrations'"
    }

    /// SQLite reports the columns and no name.
    fn is_violation(&self, info: &dyn DatabaseErrorInformation, _: &str, columns: &str) -> bool {
        info.constraint_name().is_none()
            && info.message().strip_prefix("UNIQUE constraint failed: ") == Some(columns)
    }

    /// A locking protocol error is the end of a race for the index of the write-ahead log.
    fn is_transient(&self, message: &str) -> bool {
        let messages = [
            "database is locked",
            "database table is locked",
            "locking protocol",
        ];
        messages.iter().any(|it| message.starts_with(it))
    }

    fn is_read_only(&self, message: &str) -> bool {
        message.contains("attempt to write a readonly database")
    }

    fn unavailable_messages(&self) -> &'static [&'static str] {
        &[
            "database or disk is full",
            "disk i/o error",
            "unable to open database file",
            "attempt to write a readonly database",
            "out of memory",
        ]
    }
}
