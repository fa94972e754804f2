//! Journal entries of bookings.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::journal::postings::Postings;
use crate::shared::id::{BookingId, PropertyId, UserId};
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Cause of a journal entry.
    PostingReason {
        /// A booking was confirmed.
        Sale = "sale",
        /// An alteration was applied.
        Alteration = "alteration",
        /// A confirmed booking was cancelled.
        Cancellation = "cancellation",
        /// A refund beyond the policy was granted.
        Goodwill = "goodwill",
        /// The gateway refused a goodwill refund.
        Reversal = "reversal",
        /// The gateway captured the guest's money.
        Capture = "capture",
        /// The gateway refunded the guest.
        Refund = "refund",
        /// The gateway paid the host.
        Payout = "payout",
        /// A payout of one booking was withheld for the host's debt from another.
        Offset = "offset",
        /// An operator waived the host's debt; the marketplace bears it.
        Waiver = "waiver",
    }
}

/// One double entry of a booking. Entries are immutable. Property, booking, cause and source
/// identify an entry, so a cause is posted only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct JournalEntry {
    /// The booking's property.
    pub property_id: PropertyId,
    /// The booking.
    pub booking_id: BookingId,
    /// The booking's host.
    pub host_id: UserId,
    /// Cause of the entry.
    pub cause: PostingReason,
    /// Source of the cause: the booking of a sale or cancellation, the alteration, the gateway call
    /// of a goodwill or reversal, the payment entry of a capture, refund or payout, the payout of
    /// an offset, the decision of a waiver.
    pub source: Uuid,
    /// Timestamp (UTC).
    pub at: DateTime<Utc>,
    /// Amounts by account.
    pub postings: Postings,
}
