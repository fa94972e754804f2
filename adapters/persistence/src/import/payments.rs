//! The import of payments.

use diesel::prelude::*;
use sojourn_domain::payment::Payment;

use super::existing::{MAX_ROWS, missing_ids, total};
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::payment::row::PaymentRow;
use crate::payment::store::insert_parts;
use crate::schema::marketplace::payments;

/// Stores the new payments with their parts and returns the number of payments.
pub(super) fn load_payments(conn: &mut AnyConnection, all: &[Payment]) -> Result<u64, TxError> {
    let mut missing = missing_ids!(
        conn,
        payments,
        all.iter().map(|payment| payment.id.into()).collect()
    );
    let new: Vec<_> = all
        .iter()
        .filter(|payment| missing.remove(&payment.id.into()))
        .collect();
    for chunk in new.chunks(MAX_ROWS) {
        let rows: Vec<PaymentRow> = chunk
            .iter()
            .map(|payment| PaymentRow::from_payment(payment))
            .collect();
        insert_rows!(conn, payments::table, &rows)?;
        insert_parts(conn, chunk)?;
    }
    Ok(total(new.len()))
}
