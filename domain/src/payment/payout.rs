//! Payouts to the host.

use chrono::{DateTime, Utc};

use crate::shared::id::{PaymentEntryId, PayoutId};
use crate::shared::money::Money;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Status of a payout.
    PayoutStatus {
        /// Not due or not sent yet.
        Scheduled = "scheduled",
        /// The call to the gateway is pending.
        Sending = "sending",
        /// Paid to the host, or withheld for the host's debts.
        Paid = "paid",
    }
}

/// An amount paid to the host at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Payout {
    /// Unique identifier.
    pub id: PayoutId,
    /// Amount, above zero.
    pub amount: Money,
    /// Amount withheld for the host's debts from other bookings, at most the whole payout. The rest
    /// is sent.
    pub withheld: Money,
    /// Due date (UTC).
    pub due_at: DateTime<Utc>,
    /// Status.
    pub status: PayoutStatus,
    /// Timestamp of the payment (UTC).
    pub paid_at: Option<DateTime<Utc>>,
    /// Gateway call of the payout.
    pub call: Option<PaymentEntryId>,
}

/// One payout of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Instalment {
    /// Due date (UTC).
    pub due_at: DateTime<Utc>,
    /// Amount, above zero.
    pub amount: Money,
}
