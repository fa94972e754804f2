//! The payment and its stored record.

use std::ops::Deref;

use chrono::{DateTime, Utc};

use crate::payment::charges::{PaymentError, require_charge};
use crate::payment::check_record::check_payment;
use crate::payment::entry::PaymentEntry;
use crate::payment::gateway_call::GatewayCall;
use crate::payment::payout::Payout;
use crate::shared::currency::Currency;
use crate::shared::id::{BookingId, PaymentId, PropertyId};
use crate::shared::invalid_record::InvalidRecord;
use crate::shared::money::Money;

/// Everything that is stored of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PaymentRecord {
    /// Unique identifier.
    pub id: PaymentId,
    /// The booking.
    pub booking_id: BookingId,
    /// The booking's property.
    pub property_id: PropertyId,
    /// Total charged: the first charge, or its latest retry, and the charges of alterations.
    pub amount: Money,
    /// Events, in order.
    pub entries: Vec<PaymentEntry>,
    /// Pending gateway calls.
    pub pending_calls: Vec<GatewayCall>,
    /// The gateway's reference of the last charge, if any.
    pub reference: Option<String>,
    /// The gateway's token of the card that was charged last; used for later charges.
    pub method: Option<String>,
    /// Payouts to the host, in order of creation.
    pub payouts: Vec<Payout>,
    /// Timestamp (UTC) since which a refund is owed that the gateway refused; `None` while nothing
    /// is owed.
    pub refund_owed_since: Option<DateTime<Utc>>,
    /// Timestamp of the creation (UTC).
    pub created_at: DateTime<Utc>,
    /// Timestamp of the last change (UTC).
    pub updated_at: DateTime<Utc>,
    /// Version number for optimistic locking; the first stored version is 1.
    pub version: i64,
}

/// A payment. Its record is read-only to callers and changes only through its methods. However many
/// changes are made before it is stored, its version is the stored one plus one.
///
/// Guarantees: every amount has one currency, and none is negative; entries and pending calls have ids
/// of their own; every refund is taken from a capture, and refunds, pending ones included, do not exceed
/// their capture; a payout withholds at most its amount, and its status agrees with its call.
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
    /// Creates a payment with its first gateway call.
    ///
    /// # Errors
    /// [`PaymentError::NotACharge`] unless the call authorizes or captures the guest's money;
    /// [`PaymentError::NotPositive`] for a negative amount.
    pub fn begin(
        id: PaymentId,
        booking_id: BookingId,
        property_id: PropertyId,
        call: GatewayCall,
    ) -> Result<Self, PaymentError> {
        require_charge(&call)?;
        let record = PaymentRecord {
            id,
            booking_id,
            property_id,
            amount: call.amount,
            entries: Vec::new(),
            reference: None,
            method: call.method.clone(),
            payouts: Vec::new(),
            refund_owed_since: None,
            created_at: call.at,
            updated_at: call.at,
            pending_calls: vec![call],
            version: 1,
        };
        Ok(Self { record, stored: 0 })
    }

    /// Restores a payment from its stored record.
    ///
    /// # Errors
    /// [`InvalidRecord`] when the parts of the record contradict each other.
    pub fn restore(record: PaymentRecord) -> Result<Self, InvalidRecord> {
        let stored = record.version;
        let payment = Self { record, stored };
        check_payment(&payment)?;
        Ok(payment)
    }

    /// Returns the record to store.
    #[must_use]
    pub fn into_record(self) -> PaymentRecord {
        self.record
    }

    /// The currency of every amount.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.record.amount.currency()
    }

    /// Sets the next version and the time of the change.
    pub(super) fn bump_version(mut self, now: DateTime<Utc>) -> Self {
        self.record.version = self.stored + 1;
        self.record.updated_at = now;
        self
    }
}
