//! The availability of a property for the stays of a search.

use sojourn_application::ports::PropertySearch;
use sojourn_domain::shared::Stay;

use super::conditions::{write_least_price, write_most_price};
use super::dates::{StayDates, write_stays};
use super::price::write_sum;
use crate::query::statement::Statement;

/// Writes the condition that a property is available for a stay of the search; nothing without one. `table` has the id,
/// the limits and, for prices of flexible dates, the prices of the property.
pub(crate) fn write_availability(
    sql: &mut Statement,
    conjunction: &str,
    table: &str,
    search: &PropertySearch,
) {
    let Some(stay) = search.stay else { return };
    sql.push(conjunction);
    if search.flexible_days == 0 {
        let dates = StayDates::of(sql, stay);
        write_free(sql, table, &dates);
        return;
    }
    let stays: Vec<Stay> = search.stays().collect();
    if stays.is_empty() {
        sql.push("1 = 0");
        return;
    }
    // One start after another is tried until one is available.
    sql.push("COALESCE((SELECT true FROM ");
    write_stays(sql, &stays);
    sql.push(" WHERE ");
    let dates = StayDates::columns();
    write_free(sql, table, &dates);
    if search.price_min.is_some() || search.price_max.is_some() {
        let sum = write_sum(sql, table, &dates);
        let nights = i64::from(stay.nights());
        write_least_price(sql, search, &sum, nights);
        write_most_price(sql, search, (table, &sum), nights);
    }
    sql.push(" LIMIT 1), false)");
}

/// Writes the condition that no night of the stay, or of the preparation after it, is claimed, and that its length is
/// allowed. The forms with a subquery of one row prevent PostgreSQL from reading the nights of every property at once.
fn write_free(sql: &mut Statement, table: &str, dates: &StayDates) {
    let StayDates {
        first,
        end,
        after_one,
        after_two,
        nights,
        ..
    } = dates;
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
