//! Loading of payments with their parts.

use std::collections::HashMap;

use diesel::prelude::*;
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{BookingId, PaymentId, RepositoryError};

use super::call_row::CallRow;
use super::entry_row::EntryRow;
use super::row::{PaymentParts, PaymentRow};
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::payout::row::PayoutRow;
use crate::schema::marketplace::{payment_calls, payment_entries, payments};
use crate::schema::money::payouts;

/// The payments with these ids, in their order.
pub(crate) fn find_payments(
    conn: &mut AnyConnection,
    ids: &[UuidColumn],
) -> Result<Vec<Payment>, TxError> {
    let query = payments::table.filter(payments::id.eq_any(ids));
    let mut rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(conn)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    load_payments(conn, rows)
}

/// The payment with this id, in a transaction that reads.
pub(crate) fn find_payment(
    conn: &mut AnyConnection,
    id: PaymentId,
) -> Result<Option<Payment>, TxError> {
    let query = payments::table.filter(payments::id.eq(UuidColumn::from(id)));
    let rows = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(load_payments(conn, rows)?.pop())
}

/// The payment of a booking, in a transaction that reads.
pub(crate) fn find_payment_of_booking(
    conn: &mut AnyConnection,
    id: BookingId,
) -> Result<Option<Payment>, TxError> {
    let query = payments::table.filter(payments::booking_id.eq(UuidColumn::from(id)));
    let rows = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(load_payments(conn, rows)?.pop())
}

/// The payments of rows, in the order of the rows, with their parts, which take three statements more.
pub(crate) fn load_payments(
    conn: &mut AnyConnection,
    rows: Vec<PaymentRow>,
) -> Result<Vec<Payment>, TxError> {
    all_of(load_each_payment(conn, rows)?)
}

/// A payment with its booking, unless its row is damaged.
type PaymentOfBooking = (BookingId, Result<Payment, RepositoryError>);

/// The payments of rows, each with its booking, where a damaged payment does not hide the others.
pub(crate) fn load_each_payment(
    conn: &mut AnyConnection,
    rows: Vec<PaymentRow>,
) -> Result<Vec<PaymentOfBooking>, TxError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let parts = load_parts(conn, &rows)?;
    Ok(finish(rows, parts))
}

/// The payments of rows that are joined with their entries, in the order of the rows, with their pending calls, which
/// take one statement more, and without their payouts.
pub(crate) fn join_parts(
    conn: &mut AnyConnection,
    rows: Vec<(PaymentRow, Option<EntryRow>)>,
) -> Result<Vec<Payment>, TxError> {
    let mut payments: Vec<PaymentRow> = Vec::new();
    let mut parts: HashMap<UuidColumn, PaymentParts> = HashMap::new();
    for (payment, entry) in rows {
        parts.entry(payment.id).or_default().entries.extend(entry);
        if payments.last().is_none_or(|last| last.id != payment.id) {
            payments.push(payment);
        }
    }
    load_calls(conn, &payments, &mut parts)?;
    all_of(finish(payments, parts))
}

fn load_calls(
    conn: &mut AnyConnection,
    rows: &[PaymentRow],
    parts: &mut HashMap<UuidColumn, PaymentParts>,
) -> Result<(), TxError> {
    let query = payment_calls::table
        .filter(payment_calls::property_id.eq_any(rows.iter().map(|row| row.property_id)))
        .filter(payment_calls::payment_id.eq_any(rows.iter().map(|row| row.id)))
        .order(payment_calls::position);
    for row in query.select(CallRow::as_select()).load::<CallRow>(conn)? {
        let parts = parts.entry(row.payment_id).or_default();
        parts.pending_calls.push(row);
    }
    Ok(())
}

fn finish(
    rows: Vec<PaymentRow>,
    mut parts: HashMap<UuidColumn, PaymentParts>,
) -> Vec<PaymentOfBooking> {
    let payments = rows.into_iter().map(|row| {
        let parts = parts.remove(&row.id).unwrap_or_default();
        (row.booking_id.into(), row.into_payment(parts))
    });
    payments.collect()
}

/// The payments, or the first damage.
fn all_of(found: Vec<PaymentOfBooking>) -> Result<Vec<Payment>, TxError> {
    let payments = found.into_iter().map(|(_, payment)| payment);
    Ok(payments.collect::<Result<_, _>>()?)
}

fn load_parts(
    conn: &mut AnyConnection,
    rows: &[PaymentRow],
) -> Result<HashMap<UuidColumn, PaymentParts>, TxError> {
    let ids: Vec<UuidColumn> = rows.iter().map(|row| row.id).collect();
    let properties: Vec<UuidColumn> = rows.iter().map(|row| row.property_id).collect();
    let mut parts: HashMap<UuidColumn, PaymentParts> = HashMap::new();
    let query = payment_entries::table
        .filter(payment_entries::property_id.eq_any(&properties))
        .filter(payment_entries::payment_id.eq_any(&ids))
        .order(payment_entries::position);
    for row in query.select(EntryRow::as_select()).load::<EntryRow>(conn)? {
        parts.entry(row.payment_id).or_default().entries.push(row);
    }
    load_calls(conn, rows, &mut parts)?;
    let query = payouts::table
        .filter(payouts::property_id.eq_any(&properties))
        .filter(payouts::payment_id.eq_any(&ids))
        .order(payouts::position);
    for row in query
        .select(PayoutRow::as_select())
        .load::<PayoutRow>(conn)?
    {
        parts.entry(row.payment_id).or_default().payouts.push(row);
    }
    Ok(parts)
}
