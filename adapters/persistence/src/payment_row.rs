//! A payment as its rows.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{Payment, PaymentRecord};
use sojourn_domain::shared::StoreError;

use crate::connection::AnyConnection;
use crate::errors::TxError;
use crate::instant::{read, stored};
use crate::json_column::money;
use crate::payment_entry_row::{CallRow, EntryRow};
use crate::payout_row::PayoutRow;
use crate::schema::marketplace::{payment_calls, payment_entries, payments};
use crate::schema::money::payouts;
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
    method: Option<String>,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
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
            method: payment.method.clone(),
            created_at: stored(payment.created_at),
            updated_at: stored(payment.updated_at),
            version: payment.version,
        }
    }

    fn payment(self, parts: Parts) -> Result<Payment, StoreError> {
        let amount = money(self.amount, &self.currency)?;
        let currency = amount.currency();
        Ok(Payment::restore(PaymentRecord {
            id: self.id.into(),
            booking_id: self.booking_id.into(),
            property_id: self.property_id.into(),
            amount,
            entries: parts
                .entries
                .into_iter()
                .map(|row| row.entry(currency))
                .collect::<Result<_, _>>()?,
            calls: parts
                .calls
                .into_iter()
                .map(|row| row.call(currency))
                .collect::<Result<_, _>>()?,
            reference: self.reference,
            method: self.method,
            payouts: parts
                .payouts
                .into_iter()
                .map(PayoutRow::payout)
                .collect::<Result<_, _>>()?,
            created_at: read(self.created_at),
            updated_at: read(self.updated_at),
            version: self.version,
        }))
    }
}

/// What belongs to a payment, in order.
#[derive(Debug, Default)]
struct Parts {
    entries: Vec<EntryRow>,
    calls: Vec<CallRow>,
    payouts: Vec<PayoutRow>,
}

/// Payments with all that belongs to them, in three statements more, in the order of the rows.
pub(crate) fn complete(
    conn: &mut AnyConnection,
    rows: Vec<PaymentRow>,
) -> Result<Vec<Payment>, TxError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut parts = parts(conn, &rows)?;
    let payments = rows.into_iter().map(|row| {
        let parts = parts.remove(&row.id).unwrap_or_default();
        row.payment(parts)
    });
    Ok(payments.collect::<Result<_, _>>()?)
}

fn parts(
    conn: &mut AnyConnection,
    rows: &[PaymentRow],
) -> Result<HashMap<UuidColumn, Parts>, TxError> {
    let ids: Vec<UuidColumn> = rows.iter().map(|row| row.id).collect();
    let properties: Vec<UuidColumn> = rows.iter().map(|row| row.property_id).collect();
    let mut parts: HashMap<UuidColumn, Parts> = HashMap::new();
    let query = payment_entries::table
        .filter(payment_entries::property_id.eq_any(&properties))
        .filter(payment_entries::payment_id.eq_any(&ids))
        .order(payment_entries::position);
    for row in query.select(EntryRow::as_select()).load::<EntryRow>(conn)? {
        parts.entry(row.payment_id).or_default().entries.push(row);
    }
    let query = payment_calls::table
        .filter(payment_calls::property_id.eq_any(&properties))
        .filter(payment_calls::payment_id.eq_any(&ids))
        .order(payment_calls::position);
    for row in query.select(CallRow::as_select()).load::<CallRow>(conn)? {
        parts.entry(row.payment_id).or_default().calls.push(row);
    }
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
