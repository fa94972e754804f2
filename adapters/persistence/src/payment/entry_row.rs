//! The entries of a payment as rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{EntryKind, Payment, PaymentEntry};
use sojourn_domain::shared::{Currency, Money, RepositoryError};

use super::borne_by;
use crate::columns::enums::known;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::schema::marketplace::payment_entries;

/// A row of `payment_entries`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_entries, treat_none_as_default_value = false)]
pub(crate) struct EntryRow {
    property_id: UuidColumn,
    pub(crate) payment_id: UuidColumn,
    position: i32,
    id: UuidColumn,
    kind: String,
    amount: i64,
    at: NaiveDateTime,
    reason: Option<String>,
    reference: Option<String>,
    against: Option<UuidColumn>,
    borne_by: Option<String>,
}

impl EntryRow {
    /// The rows of a payment's entries.
    pub(crate) fn all_of(payment: &Payment) -> Vec<Self> {
        let row = |(entry, position): (&PaymentEntry, i32)| Self {
            property_id: payment.property_id.into(),
            payment_id: payment.id.into(),
            position,
            id: entry.id.into(),
            kind: entry.kind.as_str().to_owned(),
            amount: entry.amount.amount(),
            at: timestamp::to_db(entry.at),
            reason: entry.reason.clone(),
            reference: entry.reference.clone(),
            against: entry.against.map(Into::into),
            borne_by: entry.borne_by.map(borne_by::to_db),
        };
        payment.entries.iter().zip(0..).map(row).collect()
    }

    /// The entry of a row.
    pub(crate) fn into_entry(self, currency: Currency) -> Result<PaymentEntry, RepositoryError> {
        Ok(PaymentEntry {
            id: self.id.into(),
            kind: known(self.kind.parse::<EntryKind>().ok(), "payment_entries.kind")?,
            amount: Money::new(self.amount, currency),
            at: timestamp::from_db(self.at),
            reason: self.reason,
            reference: self.reference,
            against: self.against.map(Into::into),
            borne_by: borne_by::from_db(self.borne_by.as_deref(), "payment_entries.borne_by")?,
        })
    }
}
