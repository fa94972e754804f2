//! Payouts in pages, the latest due first.

use diesel::prelude::*;
use sojourn_application::ports::{PayoutFilter, PayoutView};
use sojourn_domain::shared::{Page, PageRequest, StoreError};

use super::page::{cut, position, read, wanted};
use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::payout_row::PayoutRow;

/// A page of the payouts that fit, in one statement.
pub(super) fn payouts(
    conn: &mut AnyConnection,
    filter: PayoutFilter,
    page: &PageRequest,
) -> Result<Page<PayoutView>, TxError> {
    let rows: Vec<PayoutRow> = statement(filter, page).into_query(conn).load(conn)?;
    let at = |row: &PayoutRow| position(row.due_at, row.id);
    cut(rows, page, at, |rows| {
        Ok(rows.into_iter().map(view).collect::<Result<_, _>>()?)
    })
}

fn statement(filter: PayoutFilter, page: &PageRequest) -> Sql {
    let mut sql = Sql::default();
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
    if let Some((due_at, id)) = page.after.as_deref().and_then(read) {
        let places = [Value::Instant(due_at), Value::Id(id)]
            .map(|value| sql.value(value))
            .join(", ");
        sql.push(&format!(" AND (due_at, id) < ({places})"));
    }
    let limit = sql.value(Value::Long(wanted(page)));
    sql.push(&format!(" ORDER BY due_at DESC, id DESC LIMIT {limit}"));
    sql
}

fn view(row: PayoutRow) -> Result<PayoutView, StoreError> {
    let (payment_id, property_id) = (row.payment_id.into(), row.property_id.into());
    let (booking_id, host_id) = (row.booking_id.into(), row.host_id.into());
    let payout = row.payout()?;
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
