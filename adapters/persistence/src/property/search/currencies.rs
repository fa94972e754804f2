//! The currencies of the properties that a search finds.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use sojourn_application::ports::PropertySearch;

use super::conditions::write_filters;
use super::distance::write_squared_distance;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::statement::{Statement, Value};

#[derive(QueryableByName)]
struct Ends {
    #[diesel(sql_type = Nullable<Text>)]
    first: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    last: Option<String>,
}

#[derive(QueryableByName)]
struct Code {
    #[diesel(sql_type = Text)]
    currency: String,
}

/// Both ends of an index: a marketplace with one currency is known by them.
const ENDS: &str = "SELECT (SELECT MIN(currency) FROM properties WHERE status = 'listed') AS first, \
                    (SELECT MAX(currency) FROM properties WHERE status = 'listed') AS last";

/// True if the properties that a search finds, whatever their prices, are priced in more than one currency.
pub(crate) fn has_mixed_currencies(
    conn: &mut AnyConnection,
    search: &PropertySearch,
) -> Result<bool, TxError> {
    if search.host.is_none() {
        let ends: Ends = diesel::sql_query(ENDS).get_result(conn)?;
        if ends.first == ends.last {
            return Ok(false);
        }
    }
    let Some(first) = find_currency(conn, search, None)? else {
        return Ok(false);
    };
    Ok(find_currency(conn, search, Some(first))?.is_some())
}

/// The currency of any property that is found, other than one.
fn find_currency(
    conn: &mut AnyConnection,
    search: &PropertySearch,
    other_than: Option<String>,
) -> Result<Option<String>, TxError> {
    let mut sql = Statement::for_connection(conn);
    let distance = search
        .near
        .map(|(point, _)| write_squared_distance(&mut sql, point));
    sql.push("SELECT p.currency FROM properties p");
    write_filters(&mut sql, search, distance.as_deref());
    sql.push(" AND p.currency IS NOT NULL");
    if let Some(known) = other_than {
        sql.and("p.currency <> ?", Value::Text(known));
    }
    sql.limit(1);
    let found: Vec<Code> = sql.into_query().load(conn)?;
    Ok(found.into_iter().next().map(|row| row.currency))
}
