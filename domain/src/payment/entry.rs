//! What happened to a payment.

use chrono::{DateTime, Utc};

use crate::property::words;
use crate::shared::{Money, Party, PaymentEntryId};

words! {
    /// What an entry says.
    EntryKind {
        /// The amount is reserved on the card.
        Authorization = "authorization",
        /// The amount was taken.
        Capture = "capture",
        /// The reservation was given up.
        Void = "void",
        /// An amount was given back.
        Refund = "refund",
        /// An amount was sent to the host.
        Payout = "payout",
        /// The gateway refused.
        Failure = "failure",
        /// The gateway refused to send an amount to the host.
        PayoutFailure = "payout_failure",
    }
}

/// One thing that happened. Entries are never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentEntry {
    /// Its id, which is that of the call it answers.
    pub id: PaymentEntryId,
    /// What happened.
    pub kind: EntryKind,
    /// How much, never negative.
    pub amount: Money,
    /// When.
    pub at: DateTime<Utc>,
    /// Why: the gateway's code of a failure, the words of a refund.
    pub reason: Option<String>,
    /// The gateway's name for it; none on a failure.
    pub reference: Option<String>,
    /// The capture that a refund gives back of.
    pub against: Option<PaymentEntryId>,
    /// Who gave it beyond what the booking's policy says, so who bears it.
    pub borne_by: Option<Party>,
}
