//! Payments as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{Payment, PaymentRecord};
use sojourn_domain::shared::RepositoryError;

use super::call_row::CallRow;
use super::entry_row::EntryRow;
use crate::columns::uuid::UuidColumn;
use crate::columns::{money, timestamp};
use crate::engine::errors::{corrupt, damaged};
use crate::payout::row::PayoutRow;
use crate::schema::marketplace::payments;

/// A row of `payments`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = payments, primary_key(property_id, id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct PaymentRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) id: UuidColumn,
    pub(crate) booking_id: UuidColumn,
    amount: i64,
    currency: String,
    reference: Option<String>,
    method: Option<String>,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
    refund_owed_since: Option<NaiveDateTime>,
}

impl PaymentRow {
    /// The row of a payment.
    pub(crate) fn from_payment(payment: &Payment) -> Self {
        Self {
            property_id: payment.property_id.into(),
            id: payment.id.into(),
            booking_id: payment.booking_id.into(),
            amount: payment.amount.amount(),
            currency: payment.currency().code().to_owned(),
            reference: payment.reference.clone(),
            method: payment.method.clone(),
            created_at: timestamp::to_db(payment.created_at),
            updated_at: timestamp::to_db(payment.updated_at),
            version: payment.version,
            refund_owed_since: payment.refund_owed_since.map(timestamp::to_db),
        }
    }

    /// The payment of a row and its parts.
    pub(crate) fn into_payment(self, parts: PaymentParts) -> Result<Payment, RepositoryError> {
        let id = self.id;
        self.restore(parts)
            .map_err(|error| damaged("payments", id.0, error))
    }

    fn restore(self, parts: PaymentParts) -> Result<Payment, RepositoryError> {
        let amount = money::from_db(self.amount, &self.currency)?;
        let currency = amount.currency();
        Payment::restore(PaymentRecord {
            id: self.id.into(),
            booking_id: self.booking_id.into(),
            property_id: self.property_id.into(),
            amount,
            entries: parts
                .entries
                .into_iter()
                .map(|row| row.into_entry(currency))
                .collect::<Result<_, _>>()?,
            pending_calls: parts
                .pending_calls
                .into_iter()
                .map(|row| row.into_call(currency))
                .collect::<Result<_, _>>()?,
            reference: self.reference,
            method: self.method,
            payouts: parts
                .payouts
                .into_iter()
                .map(PayoutRow::into_payout)
                .collect::<Result<_, _>>()?,
            refund_owed_since: self.refund_owed_since.map(timestamp::from_db),
            created_at: timestamp::from_db(self.created_at),
            updated_at: timestamp::from_db(self.updated_at),
            version: self.version,
        })
        .map_err(corrupt)
    }
}

/// The entries, calls and payouts of a payment, in order.
#[derive(Debug, Default)]
pub(crate) struct PaymentParts {
    pub(crate) entries: Vec<EntryRow>,
    pub(crate) pending_calls: Vec<CallRow>,
    pub(crate) payouts: Vec<PayoutRow>,
}
