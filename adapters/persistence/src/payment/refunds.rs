//! Queries of refunds.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use sojourn_application::ports::RefundView;
use sojourn_domain::shared::{Page, PageRequest, RepositoryError};

use super::borne_by;
use crate::columns::uuid::{UuidColumn, UuidSql};
use crate::columns::{money, timestamp};
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::query::pagination::{
    convert_all, fetch_limit, format_position, into_page, parse_position,
};
use crate::query::statement::{Statement, Value};

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

/// A page of refunds, the newest first, in one statement.
pub(crate) fn list_refunds(
    conn: &mut AnyConnection,
    page: &PageRequest,
) -> Result<Page<RefundView>, TxError> {
    let mut sql = Statement::for_connection(conn);
    write_statement(&mut sql, page);
    let rows: Vec<RefundRow> = sql.into_query().load(conn)?;
    let position = |row: &RefundRow| format_position(row.at, row.id);
    into_page(rows, page, position, |rows| {
        convert_all(rows, RefundRow::into_view)
    })
}

fn write_statement(sql: &mut Statement, page: &PageRequest) {
    // A literal, so that the index over refunds is used.
    sql.push(
        "SELECT e.id, e.payment_id, p.booking_id, e.property_id, e.amount, p.currency, e.at, e.reason, e.borne_by \
         FROM payment_entries e JOIN payments p ON p.property_id = e.property_id AND p.id = e.payment_id \
         WHERE e.kind = 'refund'",
    );
    if let Some((at, id)) = page.after.as_deref().and_then(parse_position) {
        let after = sql.values([Value::Timestamp(at), Value::Id(id)]);
        sql.push(&format!(" AND (e.at, e.id) < ({after})"));
    }
    sql.push(" ORDER BY e.at DESC, e.id DESC");
    sql.limit(fetch_limit(page));
}

impl RefundRow {
    fn into_view(self) -> Result<RefundView, RepositoryError> {
        Ok(RefundView {
            id: self.id.into(),
            payment_id: self.payment_id.into(),
            booking_id: self.booking_id.into(),
            property_id: self.property_id.into(),
            amount: money::from_db(self.amount, &self.currency)?,
            at: timestamp::from_db(self.at),
            reason: self.reason,
            borne_by: borne_by::from_db(self.borne_by.as_deref(), "payment_entries.borne_by")?,
        })
    }
}
