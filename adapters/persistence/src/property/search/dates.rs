//! The dates of a stay in SQL.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use sojourn_domain::shared::Stay;

use crate::columns::count;
use crate::dialect::definition::SqlType;
use crate::query::statement::{Statement, Value};

/// Expressions of the dates and numbers of a stay.
pub(crate) struct StayDates {
    /// The first night.
    pub(crate) first: String,
    /// Check-out: the date after the last night.
    pub(crate) end: String,
    /// A day later.
    pub(crate) after_one: String,
    /// Two days later.
    pub(crate) after_two: String,
    /// Number of nights.
    pub(crate) nights: String,
    /// Number of nights of a Friday or Saturday.
    pub(crate) weekend: String,
}

/// The table of several stays, and the names of its columns.
const TABLE: &str = "s";

impl StayDates {
    /// The values of one stay.
    pub(crate) fn of(sql: &mut Statement, stay: Stay) -> Self {
        Self::written(stay, |value| sql.value(value))
    }

    /// The columns of the table that [`write_stays`] writes.
    pub(crate) fn columns() -> Self {
        let column = |name: &str| format!("{TABLE}.{name}");
        Self {
            first: column("first_night"),
            end: column("end_night"),
            after_one: column("after_one"),
            after_two: column("after_two"),
            nights: column("nights"),
            weekend: column("weekend"),
        }
    }

    fn written(stay: Stay, mut write: impl FnMut(Value) -> String) -> Self {
        let is_weekend = |date: &NaiveDate| matches!(date.weekday(), Weekday::Fri | Weekday::Sat);
        let weekend = stay.dates().filter(is_weekend).count();
        let after = |days| {
            let date = stay.check_out().checked_add_days(Days::new(days));
            Value::Date(date.unwrap_or(stay.check_out()))
        };
        Self {
            first: write(Value::Date(stay.check_in())),
            end: write(after(0)),
            after_one: write(after(1)),
            after_two: write(after(2)),
            nights: write(Value::Int(count::to_db(stay.nights()))),
            weekend: write(Value::Int(i32::try_from(weekend).unwrap_or(i32::MAX))),
        }
    }
}

/// Writes a derived table of stays, with the columns [`StayDates::columns`].
pub(crate) fn write_stays(sql: &mut Statement, stays: &[Stay]) {
    let rows: Vec<_> = stays
        .iter()
        .map(|stay| {
            let dates = StayDates::written(*stay, |value| {
                let to = match value {
                    Value::Date(_) => SqlType::Date,
                    _ => SqlType::BigInt,
                };
                let value = sql.value(value);
                sql.cast(&value, to)
            });
            let StayDates {
                first,
                end,
                after_one,
                after_two,
                nights,
                weekend,
            } = dates;
            format!(
                "SELECT {first} AS first_night, {end} AS end_night, {after_one} AS after_one, \
                 {after_two} AS after_two, {nights} AS nights, {weekend} AS weekend"
            )
        })
        .collect();
    sql.push(&format!("({}) {TABLE}", rows.join(" UNION ALL ")));
}
