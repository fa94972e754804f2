//! Statements put together at run time, with their values apart from their text.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Double, Integer, Text, Timestamp};

use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::dialect::definition::{Dialect, Placeholders, SqlType};
use crate::engine::connection::{AnyConnection, MultiBackend};

/// A value of a statement.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// 32-bit integer.
    Int(i32),
    /// 64-bit integer.
    Long(i64),
    /// Floating-point number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Truth value.
    Bool(bool),
    /// Date.
    Date(NaiveDate),
    /// Timestamp in UTC.
    Timestamp(NaiveDateTime),
    /// Id.
    Id(UuidColumn),
}

/// A statement under construction, in the dialect of a connection.
pub(crate) struct Statement {
    dialect: &'static dyn Dialect,
    text: String,
    values: Vec<Value>,
}

impl Statement {
    /// An empty statement for a connection.
    pub(crate) fn for_connection(connection: &AnyConnection) -> Self {
        Self {
            dialect: connection.dialect(),
            text: String::new(),
            values: Vec::new(),
        }
    }

    /// Adds a value and returns its placeholder, which may be used more than once.
    pub(crate) fn value(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// Adds several values and returns their placeholders, separated by commas.
    pub(crate) fn values<const N: usize>(&mut self, values: [Value; N]) -> String {
        values.map(|value| self.value(value)).join(", ")
    }

    /// Appends text.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends a condition with one value, for which `?` stands in it.
    pub(crate) fn and(&mut self, condition: &str, value: Value) {
        let placeholder = self.value(value);
        self.push(" AND ");
        self.push(&condition.replace('?', &placeholder));
    }

    /// Appends a limit of the number of rows.
    pub(crate) fn limit(&mut self, rows: i64) {
        let limit = self.value(Value::Long(rows));
        self.push(&format!(" LIMIT {limit}"));
    }

    /// A condition: a row comes after another one in the order of a key and an id, both ascending (sign `>`) or both
    /// descending (`<`).
    pub(crate) fn is_after(&self, row: (&str, &str), sign: char, last: (&str, &str)) -> String {
        self.dialect.is_after(row, sign, last)
    }

    /// An expression converted to another type.
    pub(crate) fn cast(&self, expression: &str, to: SqlType) -> String {
        self.dialect.cast(expression, to)
    }

    /// The quotient of two integers that are not negative, rounded down.
    pub(crate) fn quotient(&self, dividend: &str, divisor: &str) -> String {
        self.dialect.quotient(dividend, divisor)
    }

    /// The integer at the path of nested names in a column with JSON; null if there is none.
    pub(crate) fn json_integer(&mut self, column: &str, names: &[&str]) -> String {
        let path = self.dialect.json_path(names);
        let path = self.value(Value::Text(path));
        self.dialect.json_integer(column, &path)
    }

    /// A condition: a date is a Friday or a Saturday.
    pub(crate) fn is_friday_or_saturday(&self, date: &str) -> String {
        self.dialect.is_friday_or_saturday(date)
    }

    /// A condition: a binary column contains these bytes.
    pub(crate) fn contains_bytes(&self, column: &str, bytes: &str) -> String {
        self.dialect.contains_bytes(column, bytes)
    }

    /// The statement, ready to be run.
    pub(crate) fn into_query(self) -> BoxedSqlQuery<'static, MultiBackend, SqlQuery> {
        let (text, values) = match self.dialect.placeholders() {
            Placeholders::Dollar => (self.text, self.values),
            Placeholders::QuestionMark => (self.text.replace('$', "?"), self.values),
            Placeholders::Positional => in_order_of_places(&self.text, &self.values),
        };
        let mut query = sql_query(text).into_boxed::<MultiBackend>();
        for value in values {
            query = match value {
                Value::Int(value) => query.bind::<Integer, _>(value),
                Value::Long(value) => query.bind::<BigInt, _>(value),
                Value::Real(value) => query.bind::<Double, _>(value),
                Value::Text(value) => query.bind::<Text, _>(value),
                Value::Bytes(value) => query.bind::<Binary, _>(value),
                Value::Bool(value) => query.bind::<Bool, _>(value),
                Value::Date(value) => query.bind::<Date, _>(value),
                Value::Timestamp(value) => query.bind::<Timestamp, _>(value),
                Value::Id(value) => query.bind::<UuidSql, _>(value),
            };
        }
        query
    }
}

/// A text with `?` for each placeholder, and the values in the order of these places.
fn in_order_of_places(text: &str, values: &[Value]) -> (String, Vec<Value>) {
    let mut parts = text.split('$');
    let mut result = parts.next().unwrap_or_default().to_owned();
    let mut in_order = Vec::new();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let value = number.parse::<usize>().ok();
        in_order.extend(value.and_then(|number| values.get(number.checked_sub(1)?).cloned()));
        result.push('?');
        result.push_str(rest);
    }
    (result, in_order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_order_of_their_places() {
        let values: Vec<Value> = (1..=12).map(Value::Int).collect();
        let (text, values) = in_order_of_places("a = $12 AND b IN ($1, $2) OR $12", &values);
        assert_eq!(text, "a = ? AND b IN (?, ?) OR ?");
        assert_eq!(format!("{values:?}"), "[Int(12), Int(1), Int(2), Int(12)]");
    }
}
