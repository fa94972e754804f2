//! Distances on the map.

use sojourn_domain::property::Location;

use crate::query::statement::{Statement, Value};

/// Kilometres in a degree of latitude.
pub(crate) const KM_PER_DEGREE: f64 = 111.195;

/// Adds the values of the squared distance from a point, in km², and returns its expression. It is measured on a plane
/// that touches the earth at the point: this needs no function that SQLite lacks, and is off by less than a hundredth
/// within a few hundred kilometres.
pub(crate) fn write_squared_distance(sql: &mut Statement, point: Location) -> String {
    let latitude = sql.value(Value::Real(point.latitude));
    let longitude = sql.value(Value::Real(point.longitude));
    let per_north = sql.value(Value::Real(KM_PER_DEGREE * KM_PER_DEGREE));
    let east = KM_PER_DEGREE * point.latitude.to_radians().cos();
    let per_east = sql.value(Value::Real(east * east));
    let east_west = format!("abs(p.longitude - {longitude})");
    let east_west =
        format!("(CASE WHEN {east_west} > 180 THEN 360 - {east_west} ELSE {east_west} END)");
    let north_south = format!("(p.latitude - {latitude})");
    format!(
        "({north_south} * {north_south} * {per_north} + {east_west} * {east_west} * {per_east})"
    )
}
