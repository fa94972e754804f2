//! The statement of a search.

use chrono::Days;
use sojourn_application::ports::{PropertySearch, SearchSort};
use sojourn_domain::property::Location;
use sojourn_domain::shared::Stay;
use uuid::Uuid;

use super::sql::{Sql, Value};
use crate::json_column::column;
use crate::uuid_column::UuidColumn;

/// Kilometres to a degree of latitude.
const KM_PER_DEGREE: f64 = 111.195;

const COLUMNS: &str = "SELECT p.id, p.host_id, p.status, p.details, p.rating_sum, p.rating_count, p.created_at, \
                       p.updated_at, p.version, CAST(";

/// What a search is ordered by.
struct Order {
    key: String,
    descending: bool,
    whole: bool,
}

/// The statement that finds so many properties after a position.
pub(super) fn statement(search: &PropertySearch, after: Option<&str>, limit: i64) -> Sql {
    let mut sql = Sql::default();
    let distance = search.near.map(|(point, _)| distance(&mut sql, point));
    let order = order(search, distance.as_deref());
    if search.near.is_some() || search.within.is_some() {
        nearby(&mut sql, search, &order, distance.as_deref(), after, limit);
    } else {
        sql.push(&format!(
            "{COLUMNS}{} AS DOUBLE PRECISION) AS sort_key FROM properties p",
            order.key
        ));
        wanted(&mut sql, search, &order, distance.as_deref(), after);
        if let Some(stay) = search.stay {
            sql.push(" AND ");
            free(&mut sql, "p", stay);
        }
        sql.push(&order.by(&order.key, "p"));
        limited(&mut sql, limit);
    }
    sql
}

/// Places on a map are found in an index that has all that is asked of most, put in order, and only then looked at
/// one after another until so many are free: an area may hold thousands.
fn nearby(
    sql: &mut Sql,
    search: &PropertySearch,
    order: &Order,
    distance: Option<&str>,
    after: Option<&str>,
    limit: i64,
) {
    sql.push(&format!(
        "{COLUMNS}c.sort_key AS DOUBLE PRECISION) AS sort_key FROM (SELECT c.id, c.sort_key FROM (SELECT p.id, \
         {} AS sort_key, p.min_nights, p.max_nights, p.preparation_nights FROM properties p",
        order.key
    ));
    wanted(sql, search, order, distance, after);
    sql.push(&order.by(&order.key, "p"));
    sql.push(") c");
    if let Some(stay) = search.stay {
        sql.push(" WHERE ");
        free(sql, "c", stay);
    }
    sql.push(&order.by("c.sort_key", "c"));
    limited(sql, limit);
    sql.push(") c JOIN properties p ON p.id = c.id");
    sql.push(&order.by("c.sort_key", "p"));
}

/// All conditions but that the nights are free.
fn wanted(
    sql: &mut Sql,
    search: &PropertySearch,
    order: &Order,
    distance: Option<&str>,
    after: Option<&str>,
) {
    match search.host {
        None => sql.push(" WHERE p.status = 'listed'"),
        Some(host) => {
            sql.push(" WHERE 1 = 1");
            sql.and("p.host_id = ?", Value::Id(host.into()));
        }
    }
    words(sql, search);
    numbers(sql, search);
    places(sql, search, distance);
    if let Some((key, id)) = after.and_then(|position| read(position, order.whole)) {
        let (key, id) = (sql.value(key), sql.value(Value::Id(id)));
        let sign = if order.descending { "<" } else { ">" };
        sql.push(&format!(" AND ({}, p.id) {sign} ({key}, {id})", order.key));
    }
}

impl Order {
    fn by(&self, key: &str, table: &str) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        format!(" ORDER BY {key} {direction}, {table}.id {direction}")
    }
}

fn limited(sql: &mut Sql, limit: i64) {
    let limit = sql.value(Value::Long(limit));
    sql.push(&format!(" LIMIT {limit}"));
}

fn order(search: &PropertySearch, distance: Option<&str>) -> Order {
    let by = |key: &str, descending, whole| Order {
        key: key.to_owned(),
        descending,
        whole,
    };
    let nightly = if search.host.is_some() {
        "COALESCE(p.nightly, 0)"
    } else {
        "p.nightly"
    };
    match (search.sort, distance) {
        (SearchSort::Price, _) => by(nightly, false, true),
        (SearchSort::PriceDescending, _) => by(nightly, true, true),
        (SearchSort::Rating, _) => by("p.rating", true, true),
        (SearchSort::Distance, Some(distance)) => by(distance, false, false),
        (SearchSort::Relevance | SearchSort::Distance, _) => by("p.relevance", true, true),
    }
}

fn words(sql: &mut Sql, search: &PropertySearch) {
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
        .take(10)
    {
        let mut pattern = String::from("%");
        for c in word.to_lowercase().chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        sql.and("p.search_text LIKE ? ESCAPE '!'", Value::Text(pattern));
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

fn numbers(sql: &mut Sql, search: &PropertySearch) {
    if let Some(guests) = search.guests {
        sql.and("p.max_guests >= ?", Value::Int(column(guests)));
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
        sql.and("p.bedrooms >= ?", Value::Int(column(bedrooms)));
    }
    if let Some(instant) = search.instant {
        sql.and("p.instant = ?", Value::Bool(instant));
    }
    if let Some(rating) = search.rating_min {
        sql.and("p.rating >= ?", Value::Long(rating));
    }
}

/// The square of the distance in kilometres, on a plane that touches the earth at the point: no function is needed
/// that SQLite might lack, and within a few hundred kilometres it is off by less than a hundredth.
fn distance(sql: &mut Sql, point: Location) -> String {
    let latitude = sql.value(Value::Real(point.latitude));
    let longitude = sql.value(Value::Real(point.longitude));
    let per_north = sql.value(Value::Real(KM_PER_DEGREE * KM_PER_DEGREE));
    let east = KM_PER_DEGREE * point.latitude.to_radians().cos();
    let per_east = sql.value(Value::Real(east * east));
    let apart = format!("abs(p.longitude - {longitude})");
    let apart = format!("(CASE WHEN {apart} > 180 THEN 360 - {apart} ELSE {apart} END)");
    let north = format!("(p.latitude - {latitude})");
    format!("({north} * {north} * {per_north} + {apart} * {apart} * {per_east})")
}

fn places(sql: &mut Sql, search: &PropertySearch, distance: Option<&str>) {
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

/// No night of the stay, or of the preparation after it, is held, and its length is allowed. The forms with a
/// subquery of one row keep PostgreSQL from reading the nights of every property at once.
fn free(sql: &mut Sql, place: &str, stay: Stay) {
    let first = sql.value(Value::Date(stay.check_in()));
    let end = sql.value(Value::Date(stay.check_out()));
    let day = |days| {
        stay.check_out()
            .checked_add_days(Days::new(days))
            .unwrap_or(stay.check_out())
    };
    let (after_one, after_two) = (
        sql.value(Value::Date(day(1))),
        sql.value(Value::Date(day(2))),
    );
    let nights = sql.value(Value::Int(column(stay.nights())));
    sql.push(&format!(
        "NOT COALESCE((SELECT true FROM booked_nights n WHERE n.property_id = {place}.id AND n.night >= {first} \
         AND n.night < {after_two} AND (n.night < {end} OR ({place}.preparation_nights >= 1 \
         AND n.night < {after_one}) OR {place}.preparation_nights >= 2) LIMIT 1), false)"
    ));
    sql.push(&format!(
        " AND NOT COALESCE((SELECT {nights} < COALESCE(r.min_nights, {place}.min_nights) \
         OR {nights} > COALESCE(r.max_nights, {place}.max_nights) OR r.closed_to_arrival FROM calendar_rules r \
         WHERE r.property_id = {place}.id AND r.night = {first}), \
         {nights} < {place}.min_nights OR {nights} > {place}.max_nights)"
    ));
}

fn read(position: &str, whole: bool) -> Option<(Value, UuidColumn)> {
    let (key, id) = position.split_once('|')?;
    let id = UuidColumn(Uuid::try_parse(id).ok()?);
    let key = if whole {
        Value::Long(key.parse().ok()?)
    } else {
        Value::Real(key.parse().ok()?)
    };
    Some((key, id))
}
