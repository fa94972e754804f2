//! The rows of a summary of a search.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Integer, Nullable, Text};
use sojourn_application::ports::{PropertySearch, SearchSort, SummaryRow, SummaryRows};
use sojourn_domain::property::{Location, PropertyType, RoomType};
use sojourn_domain::shared::{Currency, Money, PropertyId, RepositoryError};

use super::conditions::Conditions;
use super::distance::write_squared_distance;
use super::order::Order;
use super::price::write_price;
use super::reach::write_table;
use crate::columns::count;
use crate::columns::enums::known;
use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::{TxError, corrupt};
use crate::query::statement::{Statement, Value};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = UuidSql)]
    id: UuidColumn,
    #[diesel(sql_type = Text)]
    property_type: String,
    #[diesel(sql_type = Text)]
    room_type: String,
    #[diesel(sql_type = Integer)]
    bedrooms: i32,
    #[diesel(sql_type = Bool)]
    instant: bool,
    #[diesel(sql_type = Nullable<Text>)]
    currency: Option<String>,
    #[diesel(sql_type = Nullable<Double>)]
    latitude: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    longitude: Option<f64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    price: Option<i64>,
}

#[derive(QueryableByName)]
struct Amenity {
    #[diesel(sql_type = Text)]
    amenity: String,
    #[diesel(sql_type = BigInt)]
    properties: i64,
}

impl TryFrom<Row> for SummaryRow {
    type Error = RepositoryError;

    fn try_from(row: Row) -> Result<Self, RepositoryError> {
        let currency = row.currency.map(|code| Currency::parse(&code)).transpose();
        let price = row.price.zip(currency.map_err(corrupt)?);
        let kind = row.property_type.parse::<PropertyType>().ok();
        Ok(Self {
            id: PropertyId::new(row.id.0),
            property_type: known(kind, "properties.property_type")?,
            room_type: known(
                row.room_type.parse::<RoomType>().ok(),
                "properties.room_type",
            )?,
            bedrooms: count::from_db(row.bedrooms)?,
            instant: row.instant,
            price: price.map(|(amount, currency)| Money::new(amount, currency)),
            location: row
                .latitude
                .zip(row.longitude)
                .map(|(latitude, longitude)| Location {
                    latitude,
                    longitude,
                }),
        })
    }
}

/// The first properties of a search without a stay by relevance, and how many of them have each amenity.
pub(crate) fn summary_rows(
    conn: &mut AnyConnection,
    search: &PropertySearch,
    limit: u32,
) -> Result<SummaryRows, TxError> {
    let mut sql = Statement::for_connection(conn);
    write_rows(&mut sql, search, limit);
    let rows: Vec<Row> = sql.into_query().load(conn)?;
    if rows.is_empty() {
        return Ok(SummaryRows::default());
    }
    let mut sql = Statement::for_connection(conn);
    let ids = rows.iter().map(|row| sql.value(Value::Id(row.id)));
    let ids: Vec<_> = ids.collect();
    sql.push(&format!(
        "SELECT amenity, COUNT(*) AS properties FROM property_amenities WHERE property_id IN ({}) GROUP BY amenity",
        ids.join(", ")
    ));
    let amenities: Vec<Amenity> = sql.into_query().load(conn)?;
    let rows = rows.into_iter().map(SummaryRow::try_from);
    Ok(SummaryRows {
        rows: rows.collect::<Result<_, _>>()?,
        amenities: amenities
            .into_iter()
            .map(|it| (it.amenity, u64::try_from(it.properties).unwrap_or(0)))
            .collect(),
    })
}

fn write_rows(sql: &mut Statement, search: &PropertySearch, limit: u32) {
    let relevant = PropertySearch {
        sort: SearchSort::Relevance,
        ..search.clone()
    };
    let distance = search
        .near
        .map(|(point, _)| write_squared_distance(sql, point));
    let price = write_price(sql, &relevant);
    let order = Order::of(&relevant, distance.as_deref(), &price);
    let conditions = Conditions {
        search: &relevant,
        order: &order,
        distance: distance.as_deref(),
        price: &price,
        after: None,
    };
    sql.push(COLUMNS);
    if search.near.is_none() && search.within.is_none() {
        write_table(sql, search, &order, None);
        write_first(sql, &conditions, limit);
        return;
    }
    // An area may hold many thousands: they are sorted in an index that covers most conditions, and only the first are
    // read.
    sql.push(&format!("(SELECT p.id, {} AS sort_key FROM ", order.key));
    write_table(sql, search, &order, None);
    write_first(sql, &conditions, limit);
    sql.push(") c JOIN properties p ON p.id = c.id");
    sql.push(&order.by("c.sort_key", "p"));
}

const COLUMNS: &str = "SELECT p.id, p.property_type, p.room_type, p.bedrooms, p.instant, p.currency, p.latitude, \
                       p.longitude, p.nightly AS price FROM ";

/// Writes the conditions, the order and the limit.
fn write_first(sql: &mut Statement, conditions: &Conditions<'_>, limit: u32) {
    let order = conditions.order;
    conditions.write(sql);
    // A summary is the same for every caller, while hosts search for their own properties in any status.
    if conditions.search.host.is_some() {
        sql.push(" AND p.status = 'listed'");
    }
    sql.push(&order.by(&order.key, "p"));
    sql.limit(limit.into());
}
