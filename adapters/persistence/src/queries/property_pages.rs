//! Properties in any status in pages, the newest first.

use diesel::prelude::*;
use sojourn_application::ports::PropertyFilter;
use sojourn_domain::property::Property;
use sojourn_domain::shared::{Page, PageRequest};

use super::page::{cut, position, read, wanted};
use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::property_row::PropertyRow;

/// A page of the properties that fit, in one statement.
pub(super) fn properties(
    conn: &mut AnyConnection,
    filter: PropertyFilter,
    page: &PageRequest,
) -> Result<Page<Property>, TxError> {
    let rows: Vec<PropertyRow> = statement(filter, page).into_query(conn).load(conn)?;
    let at = |row: &PropertyRow| position(row.created_at, row.id);
    cut(rows, page, at, |rows| {
        Ok(rows
            .into_iter()
            .map(PropertyRow::property)
            .collect::<Result<_, _>>()?)
    })
}

fn statement(filter: PropertyFilter, page: &PageRequest) -> Sql {
    let mut sql = Sql::default();
    sql.push(
        "SELECT id, host_id, status, details, rating_sum, rating_count, created_at, updated_at, version \
         FROM properties WHERE TRUE",
    );
    if let Some(status) = filter.status {
        sql.and("status = ?", Value::Text(status.as_str().to_owned()));
    }
    if let Some(host) = filter.host {
        sql.and("host_id = ?", Value::Id(host.into()));
    }
    if let Some((created_at, id)) = page.after.as_deref().and_then(read) {
        let places = [Value::Instant(created_at), Value::Id(id)]
            .map(|value| sql.value(value))
            .join(", ");
        sql.push(&format!(" AND (created_at, id) < ({places})"));
    }
    let limit = sql.value(Value::Long(wanted(page)));
    sql.push(&format!(" ORDER BY created_at DESC, id DESC LIMIT {limit}"));
    sql
}
