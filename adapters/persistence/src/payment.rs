//! Payments.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_domain::payment::{Payment, PaymentRepository};
use sojourn_domain::shared::{BookingId, CommitError, PaymentId, StoreError};

use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::{each, read_tx};
use crate::errors::TxError;
use crate::instant::stored;
use crate::payment_row::{CallRow, EntryRow, PaymentRow, complete};
use crate::schema::marketplace::{payment_calls, payment_entries, payments};
use crate::uuid_column::UuidColumn;

#[async_trait]
impl PaymentRepository for Database {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                let query = payments::table.filter(payments::id.eq(UuidColumn::from(id)));
                let rows = query.select(PaymentRow::as_select()).load(conn)?;
                Ok(complete(conn, rows)?.pop())
            })
        })
        .await
    }

    async fn of_booking(&self, id: BookingId) -> Result<Option<Payment>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                let query = payments::table.filter(payments::booking_id.eq(UuidColumn::from(id)));
                let rows = query.select(PaymentRow::as_select()).load(conn)?;
                Ok(complete(conn, rows)?.pop())
            })
        })
        .await
    }

    async fn commit(&self, payment: Payment) -> Result<(), CommitError> {
        self.write(move |conn| store(conn, &payment)).await
    }

    async fn unanswered(&self, before: DateTime<Utc>, limit: u32) -> Result<Vec<Payment>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                let calls = payment_calls::table.filter(payment_calls::at.lt(stored(before)));
                let calls = calls.order((payment_calls::at, payment_calls::id)).limit(limit.into());
                let ids: Vec<UuidColumn> = calls.select(payment_calls::payment_id).load(conn)?;
                let query = payments::table.filter(payments::id.eq_any(&ids));
                let mut rows: Vec<PaymentRow> = query.select(PaymentRow::as_select()).load(conn)?;
                rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
                complete(conn, rows)
            })
        })
        .await
    }
}

/// Stores a payment at the version after the one that was read. Entries are only ever added.
pub(crate) fn store(conn: &mut AnyConnection, payment: &Payment) -> Result<(), TxError> {
    let row = PaymentRow::of(payment);
    let (property_id, id) = (row.property_id, row.id);
    if payment.version == 1 {
        diesel::insert_into(payments::table).values(&row).execute(conn)?;
    } else {
        let before = payments::table
            .filter(payments::property_id.eq(property_id))
            .filter(payments::id.eq(id))
            .filter(payments::version.eq(payment.version - 1));
        if diesel::update(before).set(&row).execute(conn)? == 0 {
            return Err(CommitError::Stale.into());
        }
    }
    let there: i64 = payment_entries::table
        .filter(payment_entries::property_id.eq(property_id))
        .filter(payment_entries::payment_id.eq(id))
        .count()
        .get_result(conn)?;
    let calls = payment_calls::table.filter(payment_calls::property_id.eq(property_id));
    diesel::delete(calls.filter(payment_calls::payment_id.eq(id))).execute(conn)?;
    let there = usize::try_from(there).unwrap_or(0);
    insert_rows(
        conn,
        &EntryRow::all(payment).split_off(there.min(payment.entries.len())),
        &CallRow::all(payment),
    )
}

/// Stores all that belongs to payments that are new.
pub(crate) fn insert_parts(conn: &mut AnyConnection, payments: &[&Payment]) -> Result<(), TxError> {
    let entries: Vec<EntryRow> = payments.iter().flat_map(|payment| EntryRow::all(payment)).collect();
    let calls: Vec<CallRow> = payments.iter().flat_map(|payment| CallRow::all(payment)).collect();
    insert_rows(conn, &entries, &calls)
}

fn insert_rows(conn: &mut AnyConnection, entries: &[EntryRow], calls: &[CallRow]) -> Result<(), TxError> {
    for rows in entries.chunks(1000) {
        each!(conn, c => diesel::insert_into(payment_entries::table).values(rows).execute(c))?;
    }
    for rows in calls.chunks(1000) {
        each!(conn, c => diesel::insert_into(payment_calls::table).values(rows).execute(c))?;
    }
    Ok(())
}
