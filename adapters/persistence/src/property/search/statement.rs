//! The statement of a search.

use sojourn_application::ports::PropertySearch;

use super::availability::write_availability;
use super::conditions::Conditions;
use super::distance::write_squared_distance;
use super::order::Order;
use super::price::write_price;
use super::reach::write_table;
use crate::dialect::definition::SqlType;
use crate::query::statement::Statement;

const COLUMNS: &str = "SELECT p.id, p.host_id, p.status, p.details, p.rating_sum, p.rating_count, p.created_at, \
                       p.updated_at, p.version, p.deleted_at, ";

/// The columns that the prices of flexible dates are made of.
const PRICES: &str = ", p.nightly, p.weekend, p.currency, p.max_discount_bps, p.search_version";

/// Writes the statement that finds up to `limit` properties after a position.
pub(crate) fn write_search(
    sql: &mut Statement,
    search: &PropertySearch,
    after: Option<&str>,
    limit: i64,
) {
    let distance = search
        .near
        .map(|(point, _)| write_squared_distance(sql, point));
    let price = write_price(sql, search);
    let order = Order::of(search, distance.as_deref(), &price);
    let conditions = Conditions {
        search,
        order: &order,
        distance: distance.as_deref(),
        price: &price,
        after,
    };
    if search.near.is_some() || search.within.is_some() {
        write_map_search(sql, &conditions, limit);
        return;
    }
    let sort_key = sql.cast(&order.key, SqlType::Double);
    sql.push(&format!("{COLUMNS}{sort_key} AS sort_key FROM "));
    write_table(sql, search, &order, after);
    conditions.write(sql);
    write_availability(sql, " AND ", "p", search);
    sql.push(&order.by(&order.key, "p"));
    sql.limit(limit);
}

/// Writes a search on a map. Properties are found in an index that covers most conditions, sorted, and only then
/// checked one after another until enough are available: an area may hold thousands.
fn write_map_search(sql: &mut Statement, conditions: &Conditions<'_>, limit: i64) {
    let (order, search) = (conditions.order, conditions.search);
    let by_price = search.price_min.is_some() || search.price_max.is_some();
    let prices = if search.flexible_days > 0 && by_price {
        PRICES
    } else {
        ""
    };
    let sort_key = sql.cast("c.sort_key", SqlType::Double);
    sql.push(&format!(
        "{COLUMNS}{sort_key} AS sort_key FROM (SELECT c.id, c.sort_key FROM (SELECT p.id, \
         {} AS sort_key, p.min_nights, p.max_nights, p.preparation_nights{prices} FROM ",
        order.key
    ));
    write_table(sql, search, order, conditions.after);
    conditions.write(sql);
    sql.push(&order.by(&order.key, "p"));
    sql.push(") c");
    write_availability(sql, " WHERE ", "c", search);
    sql.push(&order.by("c.sort_key", "c"));
    sql.limit(limit);
    sql.push(") c JOIN properties p ON p.id = c.id");
    sql.push(&order.by("c.sort_key", "p"));
}
