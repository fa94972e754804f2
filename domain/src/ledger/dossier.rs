//! All that belongs to a booking, and what can be found wrong with it.

use super::JournalEntry;
use crate::booking::Booking;
use crate::payment::Payment;
use crate::property::{NightClaim, words};
use crate::shared::{BookingId, PropertyId};

words! {
    /// What was looked at.
    Check {
        /// The journal sums to zero in every currency.
        Balance = "balance",
        /// The journal says of every account what the booking comes to.
        Position = "position",
        /// The journal's cash is what was captured less what was given back.
        Cash = "cash",
        /// What the guest owes is what the booking comes to less what was paid.
        Receivable = "receivable",
        /// Everything that is owed to the guest was given back or is being given.
        OwedToGuest = "owed_to_guest",
        /// The guest paid what the booking comes to.
        Unpaid = "unpaid",
        /// No capture gave back more than it took.
        Refunds = "refunds",
        /// The payouts come to what the host gets.
        Payouts = "payouts",
        /// What was paid out, and kept back, is what the journal says.
        PaidOut = "paid_out",
        /// The booking holds the nights that its state says, and no other.
        Nights = "nights",
        /// A property's rating is the mean of its published reviews.
        Rating = "rating",
        /// Everything belongs to a booking that exists.
        Stray = "stray",
    }
}

/// A booking and everything that is stored with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The booking.
    pub booking: Booking,
    /// Its payment, once there is one.
    pub payment: Option<Payment>,
    /// Its entries in the journal, in any order.
    pub journal: Vec<JournalEntry>,
    /// The nights that are claimed in its name, in any order.
    pub claims: Vec<NightClaim>,
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The property.
    pub property_id: PropertyId,
    /// The booking, if it is one's.
    pub booking_id: Option<BookingId>,
    /// What was looked at.
    pub check: Check,
    /// What does not agree, with the amounts or nights.
    pub detail: String,
}
