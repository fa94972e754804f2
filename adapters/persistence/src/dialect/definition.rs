//! The differences between the databases, as one trait.

use std::time::Duration;

use diesel::result::DatabaseErrorInformation;

/// Time limit of statements that have no other: what they wait for is not available.
pub(crate) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

/// The SQL and the error reports of one database. Queries are written in the SQL that all databases share, with
/// `$1`, `$2` … for their values; everything else is asked of the dialect of the connection.
pub(crate) trait Dialect: Sync {
    /// Statements that prepare a fresh connection.
    fn connection_settings(&self) -> String;

    /// Sets the time limit of the statements of a connection that follow; none where the database has no such limit.
    fn time_limit(&self, limit: Duration) -> Option<String>;

    /// Begins a transaction that writes and sees what others commit.
    fn begin_write(&self) -> &'static str;

    /// Begins a transaction that reads one unchanging state of the database.
    fn begin_read(&self) -> &'static str;

    /// True if the database has one writer at a time, so that writers are queued before they reach it.
    fn has_single_writer(&self) -> bool;

    /// True if a connection that was lost is not marked as broken, so that it must be tried.
    fn hides_lost_connections(&self) -> bool {
        false
    }

    /// The notation of placeholders.
    fn placeholders(&self) -> Placeholders;

    /// An expression converted to another type.
    fn cast(&self, expression: &str, to: SqlType) -> String;

    /// The texts of several expressions, one after the other.
    fn concat(&self, parts: &[&str]) -> String;

    /// The quotient of two integers that are not negative, rounded down.
    fn quotient(&self, dividend: &str, divisor: &str) -> String {
        format!("({dividend} / {divisor})")
    }

    /// The integer at a path of a text column with JSON, the path in the notation of [`Self::json_path`]; null if there
    /// is none.
    fn json_integer(&self, column: &str, path: &str) -> String;

    /// The path of nested names in JSON.
    fn json_path(&self, names: &[&str]) -> String {
        format!("$.{}", names.join("."))
    }

    /// A condition: a date is a Friday or a Saturday.
    fn is_friday_or_saturday(&self, date: &str) -> String;

    /// A condition: a binary column contains these bytes.
    fn contains_bytes(&self, column: &str, bytes: &str) -> String;

    /// A condition: a row comes after another one in the order of a key and an id, both ascending (sign `>`) or both
    /// descending (`<`).
    fn is_after(
        &self,
        (key, id): (&str, &str),
        sign: char,
        (last, last_id): (&str, &str),
    ) -> String {
        format!("({key}, {id}) {sign} ({last}, {last_id})")
    }

    /// The state of an account of the table `users`, as its index has it. Its words are those of
    /// [`AccountState::as_str`](sojourn_application::ports::AccountState::as_str).
    fn account_state(&self) -> &'static str {
        "(CASE WHEN erased_at IS NOT NULL THEN 'erased' WHEN suspended_at IS NOT NULL THEN 'suspended' \
         WHEN email_verified THEN 'active' ELSE 'unverified' END)"
    }

    /// The confirmation code of a booking of the table `bookings`, as its index has it; null before it is confirmed.
    fn confirmation_code(&self) -> &'static str;

    /// The clause that locks the rows of a `SELECT` against changes until the transaction ends; none where a
    /// transaction that writes is alone anyway.
    fn share_lock(&self) -> Option<&'static str>;

    /// The same, for one transaction at a time. Rows may refer to the locked ones meanwhile.
    fn exclusive_lock(&self) -> Option<&'static str>;

    /// Waits for an advisory lock that is held until the transaction ends; none where a transaction that writes is
    /// alone anyway.
    fn transaction_lock(&self, key: i64) -> Option<String>;

    /// Selects a row, with one text column `word`, if the database takes no writes, as a standby does.
    fn find_read_only(&self) -> &'static str;

    /// Selects a row, with one text column `word`, if the table of applied migrations exists.
    fn find_migrations_table(&self) -> &'static str;

    /// True if the error is a violation of the unique constraint with this name over these columns
    /// (`table.column, table.column`).
    fn is_violation(&self, info: &dyn DatabaseErrorInformation, name: &str, columns: &str) -> bool;

    /// True if a transaction that failed with this message, in lower case, may succeed when it is repeated.
    fn is_transient(&self, message: &str) -> bool;

    /// True if a statement with this message, in lower case, was refused because the database takes no writes.
    fn is_read_only(&self, message: &str) -> bool;

    /// Parts of messages, in lower case, of a database that is full, unreachable or shutting down.
    fn unavailable_messages(&self) -> &'static [&'static str];
}

/// A notation of placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholders {
    /// `$1`, which may stand in several places.
    Dollar,
    /// `?1`, which may stand in several places.
    QuestionMark,
    /// `?`, once for each place.
    #[cfg_attr(
        not(feature = "mysql"),
        expect(dead_code, reason = "MySQL alone has it")
    )]
    Positional,
}

/// A type that expressions are converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SqlType {
    /// 64-bit integer.
    BigInt,
    /// 64-bit floating-point number.
    Double,
    /// Text.
    Text,
    /// Date.
    Date,
}

impl SqlType {
    /// The name in standard SQL.
    pub(crate) const fn standard_name(self) -> &'static str {
        match self {
            Self::BigInt => "BIGINT",
            Self::Double => "DOUBLE PRECISION",
            Self::Text => "TEXT",
            Self::Date => "DATE",
        }
    }
}
