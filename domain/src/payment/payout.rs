//! What the host is paid, and when.

use chrono::{DateTime, Utc};

use crate::property::words;
use crate::shared::{Money, PaymentEntryId, PayoutId};

words! {
    /// Where a payout is.
    PayoutStatus {
        /// It waits for its instant.
        Scheduled = "scheduled",
        /// The gateway is asked to send it.
        Sending = "sending",
        /// The host has it, or it was kept back for what the host owes.
        Paid = "paid",
    }
}

/// A sum that the host is paid at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// Its id.
    pub id: PayoutId,
    /// How much, above zero.
    pub amount: Money,
    /// How much of it is kept back for what the host owes from other bookings, at most all of it. The rest is
    /// sent.
    pub withheld: Money,
    /// From when on it is sent.
    pub due_at: DateTime<Utc>,
    /// Where it is.
    pub status: PayoutStatus,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// The call that sends it, or sent it.
    pub call: Option<PaymentEntryId>,
}

/// One sum of a plan of payouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// From when on it is sent.
    pub due_at: DateTime<Utc>,
    /// How much, above zero.
    pub amount: Money,
}
