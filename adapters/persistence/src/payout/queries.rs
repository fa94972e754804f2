//! Queries of payouts.

use diesel::prelude::*;
use sojourn_application::ports::{PayoutFilter, PayoutView};
use sojourn_domain::shared::{Page, PageRequest, RepositoryError};

use super::row::PayoutRow;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::pagination::{
    convert_all, fetch_limit, format_position, into_page, parse_position,
};
use crate::query::statement::{Statement, Value};

/// A page of payouts, the latest due first, in one statement.
pub(crate) fn list_payouts(
    conn: &mut AnyConnection,
    filter: PayoutFilter,
    page: &PageRequest,
) -> Result<Page<PayoutView>, TxError> {
    let mut sql = Statement::for_connection(conn);
    write_statement(&mut sql, filter, page);
    let rows: Vec<PayoutRow> = sql.into_query().load(conn)?;
    let position = |row: &PayoutRow| format_position(row.due_at, row.id);
    into_page(rows, page, position, |rows| convert_all(rows, into_view))
}

fn write_statement(sql: &mut Statement, filter: PayoutFilter, page: &PageRequest) {
    sql.push("SELECT * FROM payouts WHERE TRUE");
    if let Some(host) = filter.host {
        sql.and("host_id = ?", Value::Id(host.into()));
    }
    if let Some(status) = filter.status {
        sql.and("status = ?", Value::Text(status.as_str().to_owned()));
    }
    if let Some(property) = filter.property_id {
        sql.and("property_id = ?", Value::Id(property.into()));
    }
    if let Some((due_at, id)) = page.after.as_deref().and_then(parse_position) {
        let after = sql.values([Value::Timestamp(due_at), Value::Id(id)]);
        sql.push(&format!(" AND (due_at, id) < ({after})"));
    }
    sql.push(" ORDER BY due_at DESC, id DESC");
    sql.limit(fetch_limit(page));
}

fn into_view(row: PayoutRow) -> Result<PayoutView, RepositoryError> {
    let payment_id = row.payment_id.into();
    let property_id = row.property_id.into();
    let booking_id = row.booking_id.into();
    let host_id = row.host_id.into();
    let payout = row.into_payout()?;
    let currency = payout.amount.currency();
    Ok(PayoutView {
        payout,
        payment_id,
        property_id,
        booking_id,
        host_id,
        currency,
    })
}
