//! Storing of payments with their parts.

use std::collections::HashMap;

use diesel::prelude::*;
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::RepositoryError;

use super::call_row::CallRow;
use super::entry_row::EntryRow;
use super::row::PaymentRow;
use crate::columns::uuid::UuidColumn;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::{Refusal, TxError};
use crate::payout::row::PayoutRow;
use crate::schema::marketplace::{bookings, payment_calls, payment_entries, payments};
use crate::schema::money::payouts;

/// The most rows of a statement.
const MAX_ROWS: usize = 1000;

/// Stores a payment at the version after the one that was read. Entries are only ever added.
pub(crate) fn store_payment(conn: &mut AnyConnection, payment: &Payment) -> Result<(), TxError> {
    let row = PaymentRow::from_payment(payment);
    let property_id = row.property_id;
    let id = row.id;
    if payment.version == 1 {
        diesel::insert_into(payments::table)
            .values(&row)
            .execute(conn)?;
        return insert_parts(conn, &[payment]);
    }
    let before = payments::table
        .filter(payments::property_id.eq(property_id))
        .filter(payments::id.eq(id))
        .filter(payments::version.eq(payment.version - 1));
    if diesel::update(before).set(&row).execute(conn)? == 0 {
        return Err(Refusal::Stale.into());
    }
    let stored = count_entries(conn, property_id, id)?.min(payment.entries.len());
    delete_calls_and_payouts(conn, property_id, id)?;
    insert_payment_entries(conn, &EntryRow::all_of(payment).split_off(stored))?;
    insert_calls_and_payouts(conn, &[payment])
}

fn count_entries(
    conn: &mut AnyConnection,
    property_id: UuidColumn,
    id: UuidColumn,
) -> Result<usize, TxError> {
    let count: i64 = payment_entries::table
        .filter(payment_entries::property_id.eq(property_id))
        .filter(payment_entries::payment_id.eq(id))
        .count()
        .get_result(conn)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

fn delete_calls_and_payouts(
    conn: &mut AnyConnection,
    property_id: UuidColumn,
    id: UuidColumn,
) -> Result<(), TxError> {
    let calls = payment_calls::table
        .filter(payment_calls::property_id.eq(property_id))
        .filter(payment_calls::payment_id.eq(id));
    diesel::delete(calls).execute(conn)?;
    let payouts = payouts::table
        .filter(payouts::property_id.eq(property_id))
        .filter(payouts::payment_id.eq(id));
    diesel::delete(payouts).execute(conn)?;
    Ok(())
}

/// Stores the entries, calls and payouts of new payments.
pub(crate) fn insert_parts(conn: &mut AnyConnection, payments: &[&Payment]) -> Result<(), TxError> {
    let entries: Vec<EntryRow> = payments
        .iter()
        .flat_map(|payment| EntryRow::all_of(payment))
        .collect();
    insert_payment_entries(conn, &entries)?;
    insert_calls_and_payouts(conn, payments)
}

fn insert_payment_entries(conn: &mut AnyConnection, entries: &[EntryRow]) -> Result<(), TxError> {
    for rows in entries.chunks(MAX_ROWS) {
        insert_rows!(conn, payment_entries::table, rows)?;
    }
    Ok(())
}

/// Stores calls and payouts, which every change replaces. Calls refer to entries, so entries are stored before.
fn insert_calls_and_payouts(
    conn: &mut AnyConnection,
    payments: &[&Payment],
) -> Result<(), TxError> {
    let calls: Vec<CallRow> = payments
        .iter()
        .flat_map(|payment| CallRow::all_of(payment))
        .collect();
    for rows in calls.chunks(MAX_ROWS) {
        insert_rows!(conn, payment_calls::table, rows)?;
    }
    for rows in payout_rows(conn, payments)?.chunks(MAX_ROWS) {
        insert_rows!(conn, payouts::table, rows)?;
    }
    Ok(())
}

/// The rows of the payouts, each to the host of its booking, in one statement; in none when there are no payouts.
fn payout_rows(conn: &mut AnyConnection, payments: &[&Payment]) -> Result<Vec<PayoutRow>, TxError> {
    let paying: Vec<&&Payment> = payments
        .iter()
        .filter(|payment| !payment.payouts.is_empty())
        .collect();
    let mut rows = Vec::new();
    for paying in paying.chunks(MAX_ROWS) {
        let ids: Vec<UuidColumn> = paying
            .iter()
            .map(|payment| payment.booking_id.into())
            .collect();
        let query = bookings::table
            .filter(bookings::id.eq_any(&ids))
            .select((bookings::id, bookings::host_id));
        let hosts: HashMap<UuidColumn, UuidColumn> = query
            .load::<(UuidColumn, UuidColumn)>(conn)?
            .into_iter()
            .collect();
        for payment in paying {
            let host = hosts.get(&payment.booking_id.into());
            let host = host.ok_or_else(|| {
                RepositoryError::Internal(format!("payment {} has no booking", payment.id))
            })?;
            rows.extend(PayoutRow::all_of(payment, (*host).into()));
        }
    }
    Ok(rows)
}
