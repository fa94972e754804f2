//! A payment and all that is stored of it.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use super::{Call, PaymentEntry, Payout};
use crate::shared::{BookingId, Currency, Money, PaymentId, PropertyId};

/// All that is stored of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRecord {
    /// Its id.
    pub id: PaymentId,
    /// The booking it pays.
    pub booking_id: BookingId,
    /// That booking's property.
    pub property_id: PropertyId,
    /// What is charged in all: the first charge, or the one tried instead of it, and those of alterations.
    pub amount: Money,
    /// What happened, in order.
    pub entries: Vec<PaymentEntry>,
    /// What the gateway is yet to answer.
    pub calls: Vec<Call>,
    /// The gateway's name for the last charge, once it has one.
    pub reference: Option<String>,
    /// The gateway's token of the card that was charged last: later charges are made to it.
    pub method: Option<String>,
    /// What the host is paid of it, in the order in which it was decided.
    pub payouts: Vec<Payout>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts its stored changes; the first stored version is 1.
    pub version: i64,
}

/// A payment. Its record can be read by everyone and changed only by its own moves. However many moves one
/// change makes, its version is the one after the version that was stored.
#[derive(Debug, Clone)]
pub struct Payment {
    pub(super) record: PaymentRecord,
    stored: i64,
}

/// Payments are equal when their records are.
impl PartialEq for Payment {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl Eq for Payment {}

impl Deref for Payment {
    type Target = PaymentRecord;

    fn deref(&self) -> &PaymentRecord {
        &self.record
    }
}

impl Payment {
    /// A payment whose first call is decided.
    #[must_use]
    pub fn begin(
        id: PaymentId,
        booking_id: BookingId,
        property_id: PropertyId,
        call: Call,
    ) -> Self {
        let record = PaymentRecord {
            id,
            booking_id,
            property_id,
            amount: call.amount,
            entries: Vec::new(),
            reference: None,
            method: call.method.clone(),
            payouts: Vec::new(),
            created_at: call.at,
            updated_at: call.at,
            calls: vec![call],
            version: 1,
        };
        Self { record, stored: 0 }
    }

    /// The payment as it was stored.
    #[must_use]
    pub const fn restore(record: PaymentRecord) -> Self {
        let stored = record.version;
        Self { record, stored }
    }

    /// The record, to be stored.
    #[must_use]
    pub fn into_record(self) -> PaymentRecord {
        self.record
    }

    /// The currency of every amount.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.record.amount.currency()
    }

    /// The payment after a move: its version is the one after the stored one.
    pub(super) fn touched(mut self, now: DateTime<Utc>) -> Self {
        self.record.version = self.stored + 1;
        self.record.updated_at = now;
        self
    }
}
