//! Entries of a payment.

use chrono::{DateTime, Utc};

use crate::shared::booking_role::BookingRole;
use crate::shared::id::PaymentEntryId;
use crate::shared::money::Money;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Kind of a payment entry.
    EntryKind {
        /// The amount was authorized on the card.
        Authorization = "authorization",
        /// The amount was captured.
        Capture = "capture",
        /// The authorization was voided.
        Void = "void",
        /// The amount was refunded.
        Refund = "refund",
        /// The amount was paid to the host.
        Payout = "payout",
        /// The gateway declined the call.
        Failure = "failure",
        /// The gateway declined a payout to the host.
        PayoutFailure = "payout_failure",
    }
}

/// One event of a payment. Entries are immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PaymentEntry {
    /// Unique identifier, equal to that of the gateway call.
    pub id: PaymentEntryId,
    /// Kind of the event.
    pub kind: EntryKind,
    /// Amount, never negative.
    pub amount: Money,
    /// Timestamp (UTC).
    pub at: DateTime<Utc>,
    /// Reason: the gateway's code of a failure, or the text of a refund.
    pub reason: Option<String>,
    /// The gateway's reference; absent on a failure.
    pub reference: Option<String>,
    /// Capture that a refund is taken from.
    pub against: Option<PaymentEntryId>,
    /// Side that bears a refund beyond the booking's policy.
    pub borne_by: Option<BookingRole>,
}
