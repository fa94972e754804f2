//! MySQL 8 and MariaDB.

use std::time::Duration;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};

use super::definition::{Dialect, Placeholders, STATEMENT_TIMEOUT, SqlType};

/// Ends statements that run for longer than a limit; 0 lifts it. Comments of the form `/*M! … */` are executed by
/// MariaDB alone, and those of the form `/*!80000 … */` by MySQL alone.
pub(crate) fn statement_timeout(limit: Duration) -> String {
    format!(
        "SET SESSION /*M!100000 max_statement_time = {} */ /*!80000 max_execution_time = {} */",
        limit.as_secs_f64(),
        limit.as_millis()
    )
}

/// The dialect of MySQL and MariaDB.
pub(crate) struct Mysql;

impl Dialect for Mysql {
    /// Strict mode, whatever the server has: a value that does not fit is an error, never truncated. READ COMMITTED
    /// takes no locks on gaps between rows. Texts compare by their bytes. Messages are in English, as errors are told
    /// apart by them. An idle connection of the pool is not closed by the server for a year.
    fn connection_settings(&self) -> String {
        format!(
            "SET NAMES utf8mb4 COLLATE utf8mb4_bin; \
             SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,\
             NO_ENGINE_SUBSTITUTION,NO_BACKSLASH_ESCAPES', time_zone = '+00:00', lc_messages = 'en_US', default_storage_engine = InnoDB, \
             innodb_lock_wait_timeout = 5, wait_timeout = 31536000; \
             SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; {}",
            statement_timeout(STATEMENT_TIMEOUT)
        )
    }

    fn time_limit(&self, limit: Duration) -> Option<String> {
        Some(statement_timeout(limit))
    }

    fn begin_write(&self) -> &'static str {
        "BEGIN"
    }

    fn begin_read(&self) -> &'static str {
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
    }

    fn has_single_writer(&self) -> bool {
        false
    }

    /// Diesel has no kind for a lost connection of MySQL, and does not mark it as broken.
    fn hides_lost_connections(&self) -> bool {
        true
    }

    fn placeholders(&self) -> Placeholders {
        Placeholders::Positional
    }

    fn cast(&self, expression: &str, to: SqlType) -> String {
        let to = match to {
            SqlType::BigInt => "SIGNED",
            SqlType::Double => "DOUBLE",
            SqlType::Text => "CHAR",
            SqlType::Date => "DATE",
        };
        format!("CAST({expression} AS {to})")
    }

    fn concat(&self, parts: &[&str]) -> String {
        format!("CONCAT({})", parts.join(", "))
    }

    fn quotient(&self, dividend: &str, divisor: &str) -> String {
        format!("({dividend} DIV {divisor})")
    }

    fn json_integer(&self, column: &str, path: &str) -> String {
        format!("CAST(JSON_EXTRACT({column}, {path}) AS SIGNED)")
    }

    fn is_friday_or_saturday(&self, date: &str) -> String {
        format!("DAYOFWEEK({date}) IN (6, 7)")
    }

    fn contains_bytes(&self, column: &str, bytes: &str) -> String {
        format!("LOCATE({bytes}, {column}) > 0")
    }

    /// The comparison of two columns each, in the form whose range an index is searched for.
    fn is_after(
        &self,
        (key, id): (&str, &str),
        sign: char,
        (last, last_id): (&str, &str),
    ) -> String {
        format!("({key} {sign}= {last} AND ({key} {sign} {last} OR {id} {sign} {last_id}))")
    }

    /// A generated column, as MariaDB has no index over an expression.
    fn account_state(&self) -> &'static str {
        "users.state"
    }

    /// A generated column, likewise.
    fn confirmation_code(&self) -> &'static str {
        "bookings.confirmation_code"
    }

    /// MariaDB does not know `FOR SHARE`.
    fn share_lock(&self) -> Option<&'static str> {
        Some("LOCK IN SHARE MODE")
    }

    fn exclusive_lock(&self) -> Option<&'static str> {
        Some("FOR UPDATE")
    }

    /// A row of a table, as `GET_LOCK` holds its locks beyond the transaction.
    fn transaction_lock(&self, key: i64) -> Option<String> {
        Some(format!(
            "SELECT id FROM advisory_locks WHERE id = {key} FOR UPDATE"
        ))
    }

    fn find_read_only(&self) -> &'static str {
        "SELECT 'read-only' AS word FROM DUAL WHERE @@GLOBAL.read_only = 1 \
         OR /*M!100000 @@SESSION.tx_read_only */ /*!80000 @@SESSION.transaction_read_only */ = 1"
    }

    fn find_migrations_table(&self) -> &'static str {
        "SELECT table_name AS word FROM information_schema.tables \
         WHERE table_schema = DATABASE() AND table_name = '__diesel_schema_migrations'"
    }

    /// `Duplicate entry '…' for key 'users.users_email_key'`. Every primary key is reported as `PRIMARY`; MariaDB
    /// leaves out its table, which [`name_primary_key`] adds.
    fn is_violation(&self, info: &dyn DatabaseErrorInformation, name: &str, columns: &str) -> bool {
        let Some((_, key)) = info.message().rsplit_once("' for key '") else {
            return false;
        };
        let key = key.trim_end_matches('\'');
        let table = columns.split('.').next().unwrap_or_default();
        match key.rsplit_once('.') {
            Some((of, "PRIMARY")) => name.ends_with("_pkey") && of == table,
            Some((of, key)) => key == name && of == table,
            None => key == name,
        }
    }

    fn is_transient(&self, message: &str) -> bool {
        [
            "deadlock found",
            "lock wait timeout exceeded",
            "record has changed since last read",
        ]
        .iter()
        .any(|part| message.contains(part))
    }

    fn is_read_only(&self, message: &str) -> bool {
        message.contains("read-only option") || message.contains("running in read-only mode")
    }

    fn unavailable_messages(&self) -> &'static [&'static str] {
        &[
            "server has gone away",
            "lost connection to",
            "can't connect to",
            "too many connections",
            "connection was killed",
            "query execution was interrupted",
            "max_statement_time exceeded",
            "maximum statement execution time exceeded",
            "server shutdown in progress",
            "read-only option",
            "running in read-only mode",
            "no space left on device",
            "disk full",
            "error writing file",
            "' is full",
            "out of memory",
        ]
    }
}

/// The error of an insertion into a table, with the table in the name of a violated primary key, as MySQL reports it.
pub(crate) fn name_primary_key(error: Error, table: &str) -> Error {
    let Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) = &error else {
        return error;
    };
    let Some(before) = info.message().strip_suffix("' for key 'PRIMARY'") else {
        return error;
    };
    let table = table.split(':').next().unwrap_or(table).trim();
    let message = format!("{before}' for key '{table}.PRIMARY'");
    Error::DatabaseError(DatabaseErrorKind::UniqueViolation, Box::new(message))
}

/// The number of inserted rows; 0 where the row exists already.
pub(crate) fn none_if_exists(inserted: Result<usize, Error>) -> Result<usize, Error> {
    match inserted {
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(0),
        inserted => inserted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::constraints::{ConstraintKind, violated_constraint};

    fn duplicate(key: &str) -> Error {
        let message = format!("Duplicate entry 'x' for key 'reviews_booking_key' for key '{key}'");
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, Box::new(message))
    }

    #[test]
    fn a_violated_key_is_known_by_both_servers_reports() {
        for (key, kind) in [
            ("users_email_key", Some(ConstraintKind::Exists)),
            ("users.users_email_key", Some(ConstraintKind::Exists)),
            ("booked_nights.PRIMARY", Some(ConstraintKind::NightsTaken)),
            ("second_factors.PRIMARY", Some(ConstraintKind::Exists)),
            ("users.PRIMARY", None),
            ("PRIMARY", None),
        ] {
            assert_eq!(violated_constraint(&duplicate(key)), kind, "{key}");
        }
        let named = name_primary_key(duplicate("PRIMARY"), "booked_nights :: table");
        assert_eq!(
            violated_constraint(&named),
            Some(ConstraintKind::NightsTaken)
        );
    }
}
