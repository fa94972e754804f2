//! The conditions of a search, except for the availability of the nights.

use std::collections::BTreeSet;

use sojourn_application::ports::PropertySearch;

use super::distance::KM_PER_DEGREE;
use super::order::Order;
use super::price::SearchPrice;
use crate::columns::count;
use crate::columns::search_form::search_form;
use crate::query::like;
use crate::query::statement::{Statement, Value};

/// The most words of a search text that are looked for.
const MAX_WORDS: usize = 10;

/// All basis points.
const WHOLE: i64 = 10_000;

/// Minor units by which the discounts of a stay differ from their share, as each is rounded.
const ROUNDING: i64 = 2;

/// The first version of the search columns that has the upper bound of the discounts.
const DISCOUNTS_VERSION: i32 = 2;

/// The conditions of one page of a search.
pub(crate) struct Conditions<'a> {
    /// The search.
    pub(crate) search: &'a PropertySearch,
    /// The order of the hits.
    pub(crate) order: &'a Order,
    /// The expression of the squared distance.
    pub(crate) distance: Option<&'a str>,
    /// The price that the search compares.
    pub(crate) price: &'a SearchPrice,
    /// The position after which the page begins.
    pub(crate) after: Option<&'a str>,
}

impl Conditions<'_> {
    /// Writes them as a `WHERE` clause over `properties p`.
    pub(crate) fn write(&self, sql: &mut Statement) {
        write_filters(sql, self.search, self.distance);
        write_prices(sql, self.search, self.price);
        self.order.write_after(sql, self.after);
    }
}

/// Writes all conditions but those on prices and the position, as a `WHERE` clause.
pub(crate) fn write_filters(sql: &mut Statement, search: &PropertySearch, distance: Option<&str>) {
    write_base(sql, search);
    write_texts(sql, search);
    write_numbers(sql, search);
    write_location(sql, search, distance);
}

/// Writes the conditions that an index by relevance begins with, as a `WHERE` clause.
pub(crate) fn write_base(sql: &mut Statement, search: &PropertySearch) {
    match search.host {
        None => sql.push(" WHERE p.status = 'listed'"),
        Some(host) => {
            sql.push(" WHERE p.deleted_at IS NULL");
            sql.and("p.host_id = ?", Value::Id(host.into()));
        }
    }
    if let Some(city) = &search.city {
        sql.and("p.city_key = ?", Value::Text(search_form(city)));
    }
    if let Some(country) = &search.country {
        sql.and("p.country = ?", Value::Text(country.to_uppercase()));
    }
}

/// Conditions on the mean price of a night. Those of flexible dates are written with the availability of each start.
fn write_prices(sql: &mut Statement, search: &PropertySearch, price: &SearchPrice) {
    let (expression, nights) = (&price.before_discounts, price.nights);
    if search.stay.is_some() && search.flexible_days > 0 {
        return;
    }
    write_least_price(sql, search, expression, nights);
    if search.stay.is_some() {
        write_most_price(sql, search, ("p", expression), nights);
    } else if let Some(most) = search.price_max {
        sql.and(&format!("{expression} <= ?"), Value::Long(most));
    }
}

/// The condition on the minimum price of a night, by the price before discounts of so many nights.
pub(crate) fn write_least_price(
    sql: &mut Statement,
    search: &PropertySearch,
    price: &str,
    nights: i64,
) {
    if let Some(least) = search.price_min {
        let least = Value::Long(least.saturating_mul(nights));
        sql.and(&format!("{price} >= ?"), least);
    }
}

/// The condition on the maximum price of a night of a stay, by the price before discounts, of which the property in the
/// table has an upper bound, so that a hit is checked again.
pub(crate) fn write_most_price(
    sql: &mut Statement,
    search: &PropertySearch,
    (table, price): (&str, &str),
    nights: i64,
) {
    let Some(most) = search.price_max else { return };
    let most = most.saturating_mul(nights);
    let most = most.saturating_add(ROUNDING).saturating_mul(WHOLE);
    let left = format!(
        "CASE WHEN {table}.search_version >= {DISCOUNTS_VERSION} THEN {WHOLE} - {table}.max_discount_bps ELSE 0 END"
    );
    sql.and(&format!("{price} * ({left}) <= ?"), Value::Long(most));
}

/// Conditions on texts and words.
fn write_texts(sql: &mut Statement, search: &PropertySearch) {
    for word in search
        .text
        .iter()
        .map(|text| search_form(text))
        .collect::<String>()
        .split_whitespace()
        .take(MAX_WORDS)
    {
        let pattern = like::contains(word);
        let condition = format!("p.search_text LIKE ? ESCAPE '{}'", like::ESCAPE);
        sql.and(&condition, Value::Text(pattern));
    }
    if let Some(kind) = search.property_type {
        sql.and("p.property_type = ?", Value::Text(kind.as_str().to_owned()));
    }
    if let Some(kind) = search.room_type {
        sql.and("p.room_type = ?", Value::Text(kind.as_str().to_owned()));
    }
    write_amenities(sql, &search.amenities);
}

/// The condition on amenities: one subquery that counts them, so that its cost and that of its plan grow with their
/// number only.
fn write_amenities(sql: &mut Statement, amenities: &[String]) {
    let different: BTreeSet<_> = amenities.iter().map(|it| it.to_lowercase()).collect();
    if different.is_empty() {
        return;
    }
    let count = i64::try_from(different.len()).unwrap_or(i64::MAX);
    let places: Vec<_> = different
        .into_iter()
        .map(|amenity| sql.value(Value::Text(amenity)))
        .collect();
    let has = format!(
        "(SELECT COUNT(*) FROM property_amenities a WHERE a.property_id = p.id AND a.amenity IN ({})) = ?",
        places.join(", ")
    );
    sql.and(&has, Value::Long(count));
}

/// Conditions on numbers.
fn write_numbers(sql: &mut Statement, search: &PropertySearch) {
    if let Some(guests) = search.guests {
        sql.and("p.max_guests >= ?", Value::Int(count::to_db(guests)));
    }
    if let Some(currency) = search.currency {
        sql.and("p.currency = ?", Value::Text(currency.code().to_owned()));
    }
    if let Some(bedrooms) = search.bedrooms_min {
        sql.and("p.bedrooms >= ?", Value::Int(count::to_db(bedrooms)));
    }
    if let Some(instant) = search.instant {
        sql.and("p.instant = ?", Value::Bool(instant));
    }
    if let Some(rating) = search.rating_min {
        sql.and("p.rating >= ?", Value::Long(rating));
    }
}

/// Conditions on the location: a circle and a box.
fn write_location(sql: &mut Statement, search: &PropertySearch, distance: Option<&str>) {
    if let (Some((point, radius)), Some(distance)) = (search.near, distance) {
        let north = radius / KM_PER_DEGREE;
        sql.and("p.latitude >= ?", Value::Real(point.latitude - north));
        sql.and("p.latitude <= ?", Value::Real(point.latitude + north));
        sql.and(&format!("{distance} <= ?"), Value::Real(radius * radius));
    }
    if let Some((south_west, north_east)) = search.within {
        sql.and("p.latitude >= ?", Value::Real(south_west.latitude));
        sql.and("p.latitude <= ?", Value::Real(north_east.latitude));
        let west = sql.value(Value::Real(south_west.longitude));
        let east = sql.value(Value::Real(north_east.longitude));
        let joint = if south_west.longitude <= north_east.longitude {
            "AND"
        } else {
            "OR"
        };
        // 180° east is 180° west: a box that touches one side of the antimeridian holds what lies on the other.
        let touches =
            |degrees: f64| south_west.longitude == degrees || north_east.longitude == degrees;
        let seam = match (touches(180.0), touches(-180.0)) {
            (true, false) => " OR p.longitude = -180",
            (false, true) => " OR p.longitude = 180",
            (true, true) | (false, false) => "",
        };
        sql.push(&format!(
            " AND (p.longitude >= {west} {joint} p.longitude <= {east}{seam})"
        ));
    }
}
