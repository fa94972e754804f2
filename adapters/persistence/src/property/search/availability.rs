//! The availability of a property for a stay.

use chrono::Days;
use sojourn_domain::shared::Stay;

use crate::columns::count;
use crate::query::statement::{Statement, Value};

/// Writes the condition that no night of the stay, or of the preparation after it, is claimed, and that its length is
/// allowed; `table` has the id and the limits of the property. The forms with a subquery of one row prevent
/// PostgreSQL from reading the nights of every property at once.
pub(crate) fn write_availability(sql: &mut Statement, table: &str, stay: Stay) {
    let first = sql.value(Value::Date(stay.check_in()));
    let end = sql.value(Value::Date(stay.check_out()));
    let day = |days| {
        stay.check_out()
            .checked_add_days(Days::new(days))
            .unwrap_or(stay.check_out())
    };
    let after_one = sql.value(Value::Date(day(1)));
    let after_two = sql.value(Value::Date(day(2)));
    let nights = sql.value(Value::Int(count::to_db(stay.nights())));
    sql.push(&format!(
        "NOT COALESCE((SELECT true FROM booked_nights n WHERE n.property_id = {table}.id AND n.night >= {first} \
         AND n.night < {after_two} AND (n.night < {end} OR ({table}.preparation_nights >= 1 \
         AND n.night < {after_one}) OR {table}.preparation_nights >= 2) LIMIT 1), false)"
    ));
    sql.push(&format!(
        " AND NOT COALESCE((SELECT {nights} < COALESCE(r.min_nights, {table}.min_nights) \
         OR {nights} > COALESCE(r.max_nights, {table}.max_nights) OR r.closed_to_arrival FROM calendar_rules r \
         WHERE r.property_id = {table}.id AND r.night = {first}), \
         {nights} < {table}.min_nights OR {nights} > {table}.max_nights)"
    ));
}
