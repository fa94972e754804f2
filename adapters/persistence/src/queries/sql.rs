//! A statement put together at run time, with its values apart from its text.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Date, Double, Integer, Text, Timestamp};

use crate::connection::{AnyConnection, MultiBackend};
use crate::uuid_column::{UuidColumn, UuidSql};

/// A value of a statement.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A count.
    Int(i32),
    /// An amount.
    Long(i64),
    /// A measure.
    Real(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Bool(bool),
    /// A date.
    Date(NaiveDate),
    /// An instant in UTC.
    Instant(NaiveDateTime),
    /// An id.
    Id(UuidColumn),
}

/// A statement that grows.
#[derive(Debug, Default)]
pub(super) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// Keeps a value and returns the placeholder for it, which may be used more than once.
    pub(super) fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a condition with one value, where `?` stands in it.
    pub(super) fn and(&mut self, condition: &str, value: Value) {
        let place = self.value(value);
        self.push(" AND ");
        self.push(&condition.replace('?', &place));
    }

    /// The statement, ready to be run. SQLite takes `$1` for a name and numbers names as they appear; what numbers
    /// itself is written `?1` there.
    pub(super) fn into_query(
        self,
        connection: &AnyConnection,
    ) -> BoxedSqlQuery<'static, MultiBackend, SqlQuery> {
        let text = match connection {
            AnyConnection::Postgres(_) => self.text,
            AnyConnection::Sqlite(_) => self.text.replace('$', "?"),
        };
        let mut query = sql_query(text).into_boxed::<MultiBackend>();
        for value in self.values {
            query = match value {
                Value::Int(value) => query.bind::<Integer, _>(value),
                Value::Long(value) => query.bind::<BigInt, _>(value),
                Value::Real(value) => query.bind::<Double, _>(value),
                Value::Text(value) => query.bind::<Text, _>(value),
                Value::Bool(value) => query.bind::<Bool, _>(value),
                Value::Date(value) => query.bind::<Date, _>(value),
                Value::Instant(value) => query.bind::<Timestamp, _>(value),
                Value::Id(value) => query.bind::<UuidSql, _>(value),
            };
        }
        query
    }
}
