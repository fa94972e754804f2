//! Payments.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::{Payment, PaymentChange, PaymentRepository};
use sojourn_domain::shared::{BookingId, CommitError, PaymentId, StoreError};

use crate::audit::append_any;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::{each, read_tx};
use crate::errors::TxError;
use crate::instant::stored;
use crate::payment_entry_row::{CallRow, EntryRow};
use crate::payment_row::{PaymentRow, complete};
use crate::payout_row::PayoutRow;
use crate::schema::marketplace::{bookings, payment_calls, payment_entries, payments};
use crate::schema::money::payouts;
use crate::uuid_column::UuidColumn;
use crate::{booking, host_account, journal};

/// How many rows go in one statement.
const ROWS: usize = 1000;

#[async_trait]
impl PaymentRepository for Database {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        self.run(move |conn| read_tx(conn, |conn| of(conn, id)))
            .await
    }

    async fn with_booking(&self, id: PaymentId) -> Result<Option<(Booking, Payment)>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                let Some(payment) = of(conn, id)? else {
                    return Ok(None);
                };
                Ok(booking::of(conn, payment.booking_id)?.map(|booking| (booking, payment)))
            })
        })
        .await
    }

    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError> {
        self.write(move |conn| {
            store(conn, &change.payment)?;
            journal::insert(conn, &change.journal)?;
            change
                .host_account
                .map_or(Ok(()), |account| host_account::advance(conn, &account))?;
            append_any(conn, change.audit.as_ref())
        })
        .await
    }

    async fn unanswered(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                let calls = payment_calls::table.filter(payment_calls::at.lt(stored(before)));
                let calls = calls
                    .order((payment_calls::at, payment_calls::id))
                    .limit(limit.into());
                let ids: Vec<UuidColumn> = calls.select(payment_calls::payment_id).load(conn)?;
                in_order(conn, &ids)
            })
        })
        .await
    }

    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                // A literal, so that the index over what is scheduled is used.
                let due = payouts::table
                    .filter(sql::<Bool>("status = 'scheduled'"))
                    .filter(payouts::due_at.le(stored(now)));
                let due = due
                    .order((payouts::due_at, payouts::id))
                    .limit(limit.into());
                let ids: Vec<UuidColumn> = due.select(payouts::payment_id).load(conn)?;
                in_order(conn, &ids)
            })
        })
        .await
    }
}

/// The payments with these ids, in their order.
fn in_order(conn: &mut AnyConnection, ids: &[UuidColumn]) -> Result<Vec<Payment>, TxError> {
    let query = payments::table.filter(payments::id.eq_any(ids));
    let mut rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(conn)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    complete(conn, rows)
}

/// The payment with this id, in a transaction that reads.
fn of(conn: &mut AnyConnection, id: PaymentId) -> Result<Option<Payment>, TxError> {
    let query = payments::table.filter(payments::id.eq(UuidColumn::from(id)));
    let rows = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.pop())
}

/// The payment of a booking, in a transaction that reads.
pub(crate) fn of_booking(
    conn: &mut AnyConnection,
    id: BookingId,
) -> Result<Option<Payment>, TxError> {
    let query = payments::table.filter(payments::booking_id.eq(UuidColumn::from(id)));
    let rows = query.select(PaymentRow::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.pop())
}

/// Stores a payment at the version after the one that was read. Entries are only ever added.
pub(crate) fn store(conn: &mut AnyConnection, payment: &Payment) -> Result<(), TxError> {
    let row = PaymentRow::of(payment);
    let (property_id, id) = (row.property_id, row.id);
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
        return Err(CommitError::Stale.into());
    }
    let there: i64 = payment_entries::table
        .filter(payment_entries::property_id.eq(property_id))
        .filter(payment_entries::payment_id.eq(id))
        .count()
        .get_result(conn)?;
    let calls = payment_calls::table.filter(payment_calls::property_id.eq(property_id));
    diesel::delete(calls.filter(payment_calls::payment_id.eq(id))).execute(conn)?;
    let planned = payouts::table.filter(payouts::property_id.eq(property_id));
    diesel::delete(planned.filter(payouts::payment_id.eq(id))).execute(conn)?;
    let there = usize::try_from(there)
        .unwrap_or(0)
        .min(payment.entries.len());
    insert_entries(conn, &EntryRow::all(payment).split_off(there))?;
    insert_changeable(conn, &[payment])
}

/// Stores all that belongs to payments that are new.
pub(crate) fn insert_parts(conn: &mut AnyConnection, payments: &[&Payment]) -> Result<(), TxError> {
    let entries: Vec<EntryRow> = payments
        .iter()
        .flat_map(|payment| EntryRow::all(payment))
        .collect();
    insert_entries(conn, &entries)?;
    insert_changeable(conn, payments)
}

fn insert_entries(conn: &mut AnyConnection, entries: &[EntryRow]) -> Result<(), TxError> {
    for rows in entries.chunks(ROWS) {
        each!(conn, c => diesel::insert_into(payment_entries::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Calls and payouts: what is written anew with each change. Calls name entries, so those come before.
fn insert_changeable(conn: &mut AnyConnection, payments: &[&Payment]) -> Result<(), TxError> {
    let calls: Vec<CallRow> = payments
        .iter()
        .flat_map(|payment| CallRow::all(payment))
        .collect();
    for rows in calls.chunks(ROWS) {
        each!(conn, c => diesel::insert_into(payment_calls::table).values(rows).execute(c))?;
    }
    for rows in payout_rows(conn, payments)?.chunks(ROWS) {
        each!(conn, c => diesel::insert_into(payouts::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// The rows of payouts, each to the host of its booking; no statement where there are none.
fn payout_rows(conn: &mut AnyConnection, payments: &[&Payment]) -> Result<Vec<PayoutRow>, TxError> {
    let paying: Vec<&&Payment> = payments
        .iter()
        .filter(|payment| !payment.payouts.is_empty())
        .collect();
    let mut rows = Vec::new();
    for paying in paying.chunks(ROWS) {
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
            let host =
                host.ok_or_else(|| StoreError::Corrupt(format!("{} pays no booking", payment.id)))?;
            rows.extend(PayoutRow::all(payment, (*host).into()));
        }
    }
    Ok(rows)
}
