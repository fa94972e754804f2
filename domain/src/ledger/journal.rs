//! The journal: what was posted, why, and for which booking.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Postings;
use crate::booking::Booking;
use crate::property::words;
use crate::shared::{BookingId, PropertyId, UserId};

words! {
    /// Why something is posted.
    Cause {
        /// A booking was confirmed.
        Sale = "sale",
        /// An alteration was applied.
        Alteration = "alteration",
        /// A confirmed booking was called off.
        Cancellation = "cancellation",
        /// Somebody gives more back than the policy says.
        Goodwill = "goodwill",
        /// The gateway refused to give it.
        Reversal = "reversal",
        /// The gateway took the guest's money.
        Capture = "capture",
        /// The gateway gave money back to the guest.
        Refund = "refund",
        /// The gateway sent money to the host.
        Payout = "payout",
        /// A payout of one booking was kept back for what the host owes from another.
        Offset = "offset",
    }
}

/// One double entry of a booking. Entries are never changed. Property, booking, cause and source name it: a
/// cause is posted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalEntry {
    /// The booking's property.
    pub property_id: PropertyId,
    /// The booking.
    pub booking_id: BookingId,
    /// The booking's host.
    pub host_id: UserId,
    /// Why.
    pub cause: Cause,
    /// What exactly: the booking of a sale or cancellation, the alteration, the call of a goodwill or reversal,
    /// the payment's entry of a capture, refund or payout, the payout of an offset.
    pub source: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub postings: Postings,
}

impl JournalEntry {
    pub(super) fn of(
        booking: &Booking,
        cause: Cause,
        source: Uuid,
        postings: Postings,
        at: DateTime<Utc>,
    ) -> Self {
        let (property_id, booking_id, host_id) = (booking.property_id, booking.id, booking.host_id);
        Self {
            property_id,
            booking_id,
            host_id,
            cause,
            source,
            at,
            postings,
        }
    }
}
