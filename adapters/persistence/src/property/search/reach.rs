//! Bounds of what is read where many properties would be: the most relevant ones, by their index.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use sojourn_application::ports::{PropertySearch, SearchSort};
use sojourn_domain::property::Location;

use super::conditions::write_base;
use super::distance::KM_PER_DEGREE;
use super::order::Order;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::{Statement, Value};

/// The most relevant properties that are looked at first, or alone.
const REACH: u32 = 3_000;

/// The most properties of which every one is looked at.
const FEW: i64 = 10_000;

/// The longest side of an area that has no more properties than a large city, in degrees.
const CITY: f64 = 2.0;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The southern and northern ends of an area that is larger than a city.
fn large_area(search: &PropertySearch) -> Option<(f64, f64)> {
    if let Some((point, radius)) = search.near {
        let north = radius / KM_PER_DEGREE;
        let ends = (point.latitude - north, point.latitude + north);
        return (2.0 * north > CITY).then_some(ends);
    }
    let (south_west, north_east) = search.within?;
    let high = north_east.latitude - south_west.latitude;
    let wide = width(south_west, north_east);
    (high > CITY || wide > CITY).then_some((south_west.latitude, north_east.latitude))
}

/// The degrees of longitude between two corners, of which the western one may be east of the antimeridian.
fn width(south_west: Location, north_east: Location) -> f64 {
    let degrees = north_east.longitude - south_west.longitude;
    if degrees < 0.0 {
        degrees + 360.0
    } else {
        degrees
    }
}

/// The search of the most relevant properties alone, which finds the first page of a large area unless few match.
pub(crate) fn first_try(search: &PropertySearch) -> Option<PropertySearch> {
    let tried = search.reach.is_none() && search.sort == SearchSort::Relevance;
    (tried && search.host.is_none() && large_area(search).is_some()).then(|| PropertySearch {
        reach: Some(REACH),
        ..search.clone()
    })
}

/// The bound of a summary: none if it may look at every property.
pub(crate) fn reach_of(
    conn: &mut AnyConnection,
    search: &PropertySearch,
) -> Result<Option<u32>, TxError> {
    let area = large_area(search);
    let in_city = area.is_none() && (search.near.is_some() || search.within.is_some());
    if search.host.is_some() || in_city {
        return Ok(None);
    }
    let mut sql = Statement::for_connection(conn);
    sql.push("SELECT COUNT(*) AS number FROM (SELECT p.id FROM properties p");
    write_base(&mut sql, search);
    if let Some((south, north)) = area {
        sql.and("p.latitude >= ?", Value::Real(south));
        sql.and("p.latitude <= ?", Value::Real(north));
    }
    sql.limit(FEW + 1);
    sql.push(") c");
    let counted: Count = sql.into_query().get_result(conn)?;
    Ok((counted.number > FEW).then_some(REACH))
}

/// Writes the table that a search looks at, as `p`: all properties, or the most relevant ones after a position.
pub(crate) fn write_table(
    sql: &mut Statement,
    search: &PropertySearch,
    order: &Order,
    after: Option<&str>,
) {
    let Some(reach) = search.reach else {
        sql.push("properties p");
        return;
    };
    sql.push("(SELECT p.* FROM properties p");
    write_base(sql, search);
    order.write_after(sql, after);
    sql.push(&order.by("p.relevance", "p"));
    sql.limit(reach.into());
    sql.push(") p");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Location {
        Location {
            latitude,
            longitude,
        }
    }

    fn within(south_west: Location, north_east: Location) -> bool {
        let search = PropertySearch {
            within: Some((south_west, north_east)),
            ..PropertySearch::default()
        };
        large_area(&search).is_some()
    }

    #[test]
    fn an_area_is_large_by_either_side() {
        assert!(!within(at(38.6, -9.3), at(38.9, -9.0)));
        assert!(within(at(38.6, -9.3), at(41.0, -9.0)));
        assert!(within(at(38.6, -9.3), at(38.9, -6.0)));
        assert!(within(at(-90.0, -180.0), at(90.0, 179.9)));
        // A flat band around the world, as wide as can be.
        assert!(within(at(0.0, -180.0), at(1.0, 180.0)));
        // Across the antimeridian.
        assert!(!within(at(-17.0, 179.5), at(-16.0, -179.5)));
        assert!(within(at(-17.0, 170.0), at(-16.0, -170.0)));
    }

    #[test]
    fn a_circle_is_large_by_its_diameter() {
        let around = |radius| PropertySearch {
            near: Some((at(38.7, -9.1), radius)),
            ..PropertySearch::default()
        };
        assert!(large_area(&around(50.0)).is_none());
        assert!(large_area(&around(500.0)).is_some());
    }
}
