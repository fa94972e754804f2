//! The conditions of a search, except for the availability of the nights.

use sojourn_application::ports::PropertySearch;

use super::distance::KM_PER_DEGREE;
use super::order::Order;
use crate::columns::count;
use crate::query::like;
use crate::query::statement::{Statement, Value};

/// The most words of a search text that are looked for.
const MAX_WORDS: usize = 10;

/// The conditions of one page of a search.
pub(crate) struct Conditions<'a> {
    /// The search.
    pub(crate) search: &'a PropertySearch,
    /// The order of the hits.
    pub(crate) order: &'a Order,
    /// The expression of the squared distance.
    pub(crate) distance: Option<&'a str>,
    /// The position after which the page begins.
    pub(crate) after: Option<&'a str>,
}

impl Conditions<'_> {
    /// Writes them as a `WHERE` clause over `properties p`.
    pub(crate) fn write(&self, sql: &mut Statement) {
        match self.search.host {
            None => sql.push(" WHERE p.status = 'listed'"),
            Some(host) => {
                sql.push(" WHERE 1 = 1");
                sql.and("p.host_id = ?", Value::Id(host.into()));
            }
        }
        write_texts(sql, self.search);
        write_numbers(sql, self.search);
        write_location(sql, self.search, self.distance);
        self.order.write_after(sql, self.after);
    }
}

/// Conditions on texts and words.
fn write_texts(sql: &mut Statement, search: &PropertySearch) {
    if let Some(city) = &search.city {
        sql.and("p.city_key = ?", Value::Text(city.trim().to_lowercase()));
    }
    if let Some(country) = &search.country {
        sql.and("p.country = ?", Value::Text(country.to_uppercase()));
    }
    for word in search
        .text
        .iter()
        .flat_map(|text| text.split_whitespace())
        .take(MAX_WORDS)
    {
        let pattern = like::contains(&word.to_lowercase());
        let condition = format!("p.search_text LIKE ? ESCAPE '{}'", like::ESCAPE);
        sql.and(&condition, Value::Text(pattern));
    }
    if let Some(kind) = search.property_type {
        sql.and("p.property_type = ?", Value::Text(kind.as_str().to_owned()));
    }
    if let Some(kind) = search.room_type {
        sql.and("p.room_type = ?", Value::Text(kind.as_str().to_owned()));
    }
    for amenity in &search.amenities {
        let has = "EXISTS (SELECT 1 FROM property_amenities a WHERE a.property_id = p.id AND a.amenity = ?)";
        sql.and(has, Value::Text(amenity.to_lowercase()));
    }
}

/// Conditions on numbers.
fn write_numbers(sql: &mut Statement, search: &PropertySearch) {
    if let Some(guests) = search.guests {
        sql.and("p.max_guests >= ?", Value::Int(count::to_db(guests)));
    }
    if let Some(least) = search.price_min {
        sql.and("p.nightly >= ?", Value::Long(least));
    }
    if let Some(most) = search.price_max {
        sql.and("p.nightly <= ?", Value::Long(most));
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
        sql.push(&format!(
            " AND (p.longitude >= {west} {joint} p.longitude <= {east})"
        ));
    }
}
