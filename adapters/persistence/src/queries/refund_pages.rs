//! Refunds in pages, the newest first.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use sojourn_application::ports::RefundView;
use sojourn_domain::shared::{Page, PageRequest, StoreError};

use super::page::{cut, position, read, wanted};
use super::sql::{Sql, Value};
use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::instant;
use crate::json_column::money;
use crate::payment_entry_row::party;
use crate::uuid_column::{UuidColumn, UuidSql};

#[derive(QueryableByName)]
struct RefundRow {
    #[diesel(sql_type = UuidSql)]
    id: UuidColumn,
    #[diesel(sql_type = UuidSql)]
    payment_id: UuidColumn,
    #[diesel(sql_type = UuidSql)]
    booking_id: UuidColumn,
    #[diesel(sql_type = UuidSql)]
    property_id: UuidColumn,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Timestamp)]
    at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    borne_by: Option<String>,
}

/// A page of refunds, in one statement.
pub(super) fn refunds(
    conn: &mut AnyConnection,
    page: &PageRequest,
) -> Result<Page<RefundView>, TxError> {
    let rows: Vec<RefundRow> = statement(page).into_query(conn).load(conn)?;
    let at = |row: &RefundRow| position(row.at, row.id);
    cut(rows, page, at, |rows| {
        Ok(rows
            .into_iter()
            .map(RefundRow::view)
            .collect::<Result<_, _>>()?)
    })
}

fn statement(page: &PageRequest) -> Sql {
    let mut sql = Sql::default();
    // A literal, so that the index over refunds is used.
    sql.push(
        "SELECT e.id, e.payment_id, p.booking_id, e.property_id, e.amount, p.currency, e.at, e.reason, e.borne_by \
         FROM payment_entries e JOIN payments p ON p.property_id = e.property_id AND p.id = e.payment_id \
         WHERE e.kind = 'refund'",
    );
    if let Some((at, id)) = page.after.as_deref().and_then(read) {
        let places = [Value::Instant(at), Value::Id(id)]
            .map(|value| sql.value(value))
            .join(", ");
        sql.push(&format!(" AND (e.at, e.id) < ({places})"));
    }
    let limit = sql.value(Value::Long(wanted(page)));
    sql.push(&format!(" ORDER BY e.at DESC, e.id DESC LIMIT {limit}"));
    sql
}

impl RefundRow {
    fn view(self) -> Result<RefundView, StoreError> {
        Ok(RefundView {
            id: self.id.into(),
            payment_id: self.payment_id.into(),
            booking_id: self.booking_id.into(),
            property_id: self.property_id.into(),
            amount: money(self.amount, &self.currency)?,
            at: instant::read(self.at),
            reason: self.reason,
            borne_by: party(self.borne_by.as_deref(), "payment_entries.borne_by")?,
        })
    }
}
