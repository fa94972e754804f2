//! Prices that searches compare: of a night, or of all nights of a stay.

use chrono::{Datelike, Weekday};
use sojourn_application::ports::{PropertySearch, SearchSort};
use sojourn_domain::shared::Stay;

use crate::dialect::definition::SqlType;
use crate::query::statement::{Statement, Value};

/// A price in SQL, and the number of nights that it is for.
pub(crate) struct SearchPrice {
    /// The expression, in minor units; null for a property without prices.
    pub(crate) expression: String,
    /// Number of nights: the mean of a night is the price divided by it.
    pub(crate) nights: i64,
}

/// The price of a search over `properties p`: of the nights of its stay by the calendar, before discounts, fees and
/// taxes, or without a stay the nightly price.
pub(crate) fn write_price(sql: &mut Statement, search: &PropertySearch) -> SearchPrice {
    let by_price = matches!(search.sort, SearchSort::Price | SearchSort::PriceDescending);
    let compared = by_price || search.price_min.is_some() || search.price_max.is_some();
    match search.stay.filter(|_| compared) {
        None => SearchPrice {
            expression: "p.nightly".to_owned(),
            nights: 1,
        },
        Some(stay) => SearchPrice {
            expression: write_sum(sql, stay),
            nights: i64::from(stay.nights()),
        },
    }
}

/// The sum of the nights: the base and weekend prices, and what the dates with a price of their own differ from them.
fn write_sum(sql: &mut Statement, stay: Stay) -> String {
    let is_weekend = |weekday| matches!(weekday, Weekday::Fri | Weekday::Sat);
    let weekend = stay
        .dates()
        .filter(|date| is_weekend(date.weekday()))
        .count();
    let weekend = i64::try_from(weekend).unwrap_or(i64::MAX);
    let plain = sql.value(Value::Long(i64::from(stay.nights()) - weekend));
    let weekend = sql.value(Value::Long(weekend));
    let first = sql.value(Value::Date(stay.check_in()));
    let end = sql.value(Value::Date(stay.check_out()));
    let usual = format!(
        "CASE WHEN {} THEN COALESCE(p.weekend, p.nightly) ELSE p.nightly END",
        sql.is_friday_or_saturday("r.night")
    );
    let differences = sql.cast(&format!("SUM(r.price - {usual})"), SqlType::BigInt);
    format!(
        "(p.nightly * {plain} + COALESCE(p.weekend, p.nightly) * {weekend} + COALESCE((SELECT {differences} \
         FROM calendar_rules r WHERE r.property_id = p.id AND r.night >= {first} AND r.night < {end} \
         AND r.price IS NOT NULL AND r.currency = p.currency), 0))"
    )
}
