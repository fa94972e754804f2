//! What happened to a payment, and what is asked of the gateway, as their rows.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use sojourn_domain::payment::{Call, CallKind, EntryKind, Payment, PaymentEntry};
use sojourn_domain::shared::{Currency, Money, Party, StoreError};

use crate::instant::{read, stored};
use crate::json_column::known;
use crate::schema::marketplace::{payment_calls, payment_entries};
use crate::uuid_column::UuidColumn;

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

/// A row of `payment_calls`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_calls, treat_none_as_default_value = false)]
pub(crate) struct CallRow {
    property_id: UuidColumn,
    pub(crate) payment_id: UuidColumn,
    id: UuidColumn,
    position: i32,
    kind: String,
    amount: i64,
    method: Option<String>,
    reason: Option<String>,
    at: NaiveDateTime,
    against: Option<UuidColumn>,
    borne_by: Option<String>,
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
            reference: entry.reference.clone(),
            against: entry.against.map(Into::into),
            borne_by: entry.borne_by.map(word),
        };
        payment.entries.iter().zip(0..).map(row).collect()
    }

    /// The entry of a row.
    pub(crate) fn entry(self, currency: Currency) -> Result<PaymentEntry, StoreError> {
        Ok(PaymentEntry {
            id: self.id.into(),
            kind: known(EntryKind::from_word(&self.kind), "payment_entries.kind")?,
            amount: Money::new(self.amount, currency),
            at: read(self.at),
            reason: self.reason,
            reference: self.reference,
            against: self.against.map(Into::into),
            borne_by: party(self.borne_by.as_deref(), "payment_entries.borne_by")?,
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
            against: call.against.map(Into::into),
            borne_by: call.borne_by.map(word),
        };
        payment.calls.iter().zip(0..).map(row).collect()
    }

    /// The call of a row.
    pub(crate) fn call(self, currency: Currency) -> Result<Call, StoreError> {
        Ok(Call {
            id: self.id.into(),
            kind: known(CallKind::from_word(&self.kind), "payment_calls.kind")?,
            amount: Money::new(self.amount, currency),
            method: self.method,
            reason: self.reason,
            at: read(self.at),
            against: self.against.map(Into::into),
            borne_by: party(self.borne_by.as_deref(), "payment_calls.borne_by")?,
        })
    }
}

fn word(party: Party) -> String {
    let word = match party {
        Party::Guest => "guest",
        Party::Host => "host",
        Party::Admin => "admin",
        Party::System => "system",
    };
    word.to_owned()
}

/// The side of a word.
pub(crate) fn party(word: Option<&str>, column: &str) -> Result<Option<Party>, StoreError> {
    match word {
        None => Ok(None),
        Some("host") => Ok(Some(Party::Host)),
        Some("admin") => Ok(Some(Party::Admin)),
        Some(_) => known(None, column),
    }
}
