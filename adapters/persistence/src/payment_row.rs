//! A payment as its rows.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{Call, CallKind, EntryKind, Payment, PaymentEntry, PaymentRecord};
use sojourn_domain::shared::{Currency, Money, StoreError};

use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::instant::{read, stored};
use crate::json_column::{known, money};
use crate::schema::marketplace::{payment_calls, payment_entries, payments};
use crate::uuid_column::UuidColumn;

/// A row of `payments`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = payments, primary_key(property_id, id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct PaymentRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) id: UuidColumn,
    booking_id: UuidColumn,
    amount: i64,
    currency: String,
    reference: Option<String>,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
}

/// A row of `payment_entries`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_entries, treat_none_as_default_value = false)]
pub(crate) struct EntryRow {
    property_id: UuidColumn,
    payment_id: UuidColumn,
    position: i32,
    id: UuidColumn,
    kind: String,
    amount: i64,
    at: NaiveDateTime,
    reason: Option<String>,
}

/// A row of `payment_calls`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_calls, treat_none_as_default_value = false)]
pub(crate) struct CallRow {
    property_id: UuidColumn,
    payment_id: UuidColumn,
    id: UuidColumn,
    position: i32,
    kind: String,
    amount: i64,
    method: Option<String>,
    reason: Option<String>,
    at: NaiveDateTime,
}

impl PaymentRow {
    /// The row of a payment.
    pub(crate) fn of(payment: &Payment) -> Self {
        Self {
            property_id: payment.property_id.into(),
            id: payment.id.into(),
            booking_id: payment.booking_id.into(),
            amount: payment.amount.amount(),
            currency: payment.currency().code().to_owned(),
            reference: payment.reference.clone(),
            created_at: stored(payment.created_at),
            updated_at: stored(payment.updated_at),
            version: payment.version,
        }
    }

    fn payment(self, entries: Vec<EntryRow>, calls: Vec<CallRow>) -> Result<Payment, StoreError> {
        let amount = money(self.amount, &self.currency)?;
        let currency = amount.currency();
        Ok(Payment::restore(PaymentRecord {
            id: self.id.into(),
            booking_id: self.booking_id.into(),
            property_id: self.property_id.into(),
            amount,
            entries: entries.into_iter().map(|row| row.entry(currency)).collect::<Result<_, _>>()?,
            calls: calls.into_iter().map(|row| row.call(currency)).collect::<Result<_, _>>()?,
            reference: self.reference,
            created_at: read(self.created_at),
            updated_at: read(self.updated_at),
            version: self.version,
        }))
    }
}

impl EntryRow {
    /// The rows of a payment's entries.
    pub(crate) fn all(payment: &Payment) -> Vec<Self> {
        let row = |(entry, position): (&PaymentEntry, i32)| Self {
            property_id: payment.property_id.into(),
            payment_id: payment.id.into(),
            position,
            id: entry.id.into(),
            kind: entry.kind.as_str().to_owned(),
            amount: entry.amount.amount(),
            at: stored(entry.at),
            reason: entry.reason.clone(),
        };
        payment.entries.iter().zip(0..).map(row).collect()
    }

    fn entry(self, currency: Currency) -> Result<PaymentEntry, StoreError> {
        Ok(PaymentEntry {
            id: self.id.into(),
            kind: known(EntryKind::from_word(&self.kind), "payment_entries.kind")?,
            amount: Money::new(self.amount, currency),
            at: read(self.at),
            reason: self.reason,
        })
    }
}

impl CallRow {
    /// The rows of a payment's calls.
    pub(crate) fn all(payment: &Payment) -> Vec<Self> {
        let row = |(call, position): (&Call, i32)| Self {
            property_id: payment.property_id.into(),
            payment_id: payment.id.into(),
            id: call.id.into(),
            position,
            kind: call.kind.as_str().to_owned(),
            amount: call.amount.amount(),
            method: call.method.clone(),
            reason: call.reason.clone(),
            at: stored(call.at),
        };
        payment.calls.iter().zip(0..).map(row).collect()
    }

    fn call(self, currency: Currency) -> Result<Call, StoreError> {
        Ok(Call {
            id: self.id.into(),
            kind: known(CallKind::from_word(&self.kind), "payment_calls.kind")?,
            amount: Money::new(self.amount, currency),
            method: self.method,
            reason: self.reason,
            at: read(self.at),
        })
    }
}

/// Payments with all that belongs to them, in two statements more, in the order of the rows.
pub(crate) fn complete(conn: &mut AnyConnection, rows: Vec<PaymentRow>) -> Result<Vec<Payment>, TxError> {
    let ids: Vec<UuidColumn> = rows.iter().map(|row| row.id).collect();
    let properties: Vec<UuidColumn> = rows.iter().map(|row| row.property_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut entries: HashMap<UuidColumn, Vec<EntryRow>> = HashMap::new();
    let query = payment_entries::table
        .filter(payment_entries::property_id.eq_any(&properties))
        .filter(payment_entries::payment_id.eq_any(&ids))
        .order(payment_entries::position);
    for row in query.select(EntryRow::as_select()).load::<EntryRow>(conn)? {
        entries.entry(row.payment_id).or_default().push(row);
    }
    let mut calls: HashMap<UuidColumn, Vec<CallRow>> = HashMap::new();
    let query = payment_calls::table
        .filter(payment_calls::property_id.eq_any(&properties))
        .filter(payment_calls::payment_id.eq_any(&ids))
        .order(payment_calls::position);
    for row in query.select(CallRow::as_select()).load::<CallRow>(conn)? {
        calls.entry(row.payment_id).or_default().push(row);
    }
    let payments = rows.into_iter().map(|row| {
        let (entries, calls) = (entries.remove(&row.id), calls.remove(&row.id));
        row.payment(entries.unwrap_or_default(), calls.unwrap_or_default())
    });
    Ok(payments.collect::<Result<_, _>>()?)
}
