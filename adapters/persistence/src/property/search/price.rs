//! Prices that searches compare: of a night, or of all nights of a stay.

use chrono::{DateTime, Utc};
use sojourn_application::ports::{PropertySearch, SearchSort};
use sojourn_domain::shared::Stay;

use super::dates::StayDates;
use crate::columns::count;
use crate::dialect::definition::SqlType;
use crate::property::search_columns::DiscountKind;
use crate::query::local_dates::zones_apart;
use crate::query::statement::{Statement, Value};

/// A price in SQL, and the number of nights that it is for.
pub(crate) struct SearchPrice {
    /// The expression before discounts, in minor units; null for a property without prices.
    pub(crate) before_discounts: String,
    /// The same after discounts, by which hits are ordered.
    pub(crate) after_discounts: String,
    /// Number of nights: the mean of a night is the price divided by it.
    pub(crate) nights: i64,
}

/// The price of a search over `properties p`: of the nights of its stay by the calendar, before fees and taxes, or
/// without a stay, or with several ones, the nightly price.
pub(crate) fn write_price(sql: &mut Statement, search: &PropertySearch) -> SearchPrice {
    let by_price = matches!(search.sort, SearchSort::Price | SearchSort::PriceDescending);
    let compared = by_price || search.price_min.is_some() || search.price_max.is_some();
    let Some(stay) = search
        .stay
        .filter(|_| compared && search.flexible_days == 0)
    else {
        return SearchPrice {
            before_discounts: "p.nightly".to_owned(),
            after_discounts: "p.nightly".to_owned(),
            nights: 1,
        };
    };
    let dates = StayDates::of(sql, stay);
    let sum = write_sum(sql, "p", &dates);
    let after_discounts = if by_price {
        write_after_discounts(sql, &sum, stay, search.at)
    } else {
        sum.clone()
    };
    SearchPrice {
        before_discounts: sum,
        after_discounts,
        nights: i64::from(stay.nights()),
    }
}

/// The price after the discount of the length of the stay, and after that of the days before check-in, which is taken
/// of what is left. Each is rounded half up, as prices are not negative.
fn write_after_discounts(sql: &mut Statement, sum: &str, stay: Stay, now: DateTime<Utc>) -> String {
    let length = write_length_discount(sql, stay);
    let lead = write_lead_discount(sql, stay, now);
    let share = |sql: &Statement, price: &str, bps: &str| {
        sql.quotient(&format!("({price} * {bps} + 5000)"), "10000")
    };
    let left = format!("({sum} - {})", share(sql, sum, &length));
    let off = share(sql, &left, &lead);
    format!("CASE WHEN p.max_discount_bps = 0 THEN {sum} ELSE {left} - {off} END")
}

/// The discount of the longest tier that fits, in basis points.
fn write_length_discount(sql: &mut Statement, stay: Stay) -> String {
    let kind = DiscountKind::LengthOfStay.as_str();
    let nights = sql.value(Value::Int(count::to_db(stay.nights())));
    format!(
        "COALESCE((SELECT d.discount_bps FROM property_discounts d WHERE d.property_id = p.id AND d.kind = '{kind}' \
         AND d.threshold <= {nights} ORDER BY d.threshold DESC LIMIT 1), 0)"
    )
}

/// The larger of the early-bird and the last-minute discount that fit, in basis points.
fn write_lead_discount(sql: &mut Statement, stay: Stay, now: DateTime<Utc>) -> String {
    let early = DiscountKind::EarlyBird.as_str();
    let late = DiscountKind::LastMinute.as_str();
    let ahead = write_days_ahead(sql, stay, now);
    format!(
        "COALESCE((SELECT MAX(d.discount_bps) FROM property_discounts d WHERE d.property_id = p.id \
         AND ((d.kind = '{early}' AND d.threshold <= {ahead}) OR (d.kind = '{late}' AND d.threshold >= {ahead}))), 0)"
    )
}

/// The days from the property's today to check-in: in each zone, today is that of UTC, the day before or the day after.
fn write_days_ahead(sql: &mut Statement, stay: Stay, now: DateTime<Utc>) -> String {
    let today = now.date_naive();
    let days = (stay.check_in() - today).num_days();
    let mut ahead = "CASE".to_owned();
    for shift in [-1, 1] {
        let zones: Vec<_> = zones_apart(now, shift)
            .into_iter()
            .map(|zone| sql.value(Value::Text(zone.to_owned())))
            .collect();
        if !zones.is_empty() {
            let there = sql.value(Value::Int(i32::try_from(days - shift).unwrap_or(i32::MAX)));
            ahead.push_str(&format!(
                " WHEN p.time_zone IN ({}) THEN {there}",
                zones.join(", ")
            ));
        }
    }
    let here = sql.value(Value::Int(i32::try_from(days).unwrap_or(i32::MAX)));
    ahead.push_str(&format!(" ELSE {here} END"));
    ahead
}

/// The sum of the nights of a property in a table: the base and weekend prices, and what the dates with a price of
/// their own differ from them.
pub(crate) fn write_sum(sql: &Statement, table: &str, dates: &StayDates) -> String {
    let StayDates {
        first,
        end,
        nights,
        weekend,
        ..
    } = dates;
    let usual = format!(
        "CASE WHEN {} THEN COALESCE({table}.weekend, {table}.nightly) ELSE {table}.nightly END",
        sql.is_friday_or_saturday("r.night")
    );
    let differences = sql.cast(&format!("SUM(r.price - {usual})"), SqlType::BigInt);
    format!(
        "({table}.nightly * ({nights} - {weekend}) + COALESCE({table}.weekend, {table}.nightly) * {weekend} \
         + COALESCE((SELECT {differences} FROM calendar_rules r WHERE r.property_id = {table}.id \
         AND r.night >= {first} AND r.night < {end} AND r.price IS NOT NULL AND r.currency = {table}.currency), 0))"
    )
}
