//! A booking with all related records, and findings of the integrity check.

use crate::booking::booking::Booking;
use crate::journal::entry::JournalEntry;
use crate::payment::payment::Payment;
use crate::property::calendar::NightClaim;
use crate::shared::id::{BookingId, PropertyId};
use crate::shared::string_enum::string_enum;

string_enum! {
    /// Kind of integrity check.
    IntegrityCheck {
        /// The journal sums to zero in every currency.
        Balance = "balance",
        /// The journal balances of every account match the booking's allocation of funds.
        Allocation = "position",
        /// The journal's cash equals captures less refunds.
        Cash = "cash",
        /// The guest's balance equals the booking's total less the amount paid.
        Receivable = "receivable",
        /// Every amount owed to the guest is refunded or being refunded.
        OwedToGuest = "owed_to_guest",
        /// The guest has paid the booking's total.
        Unpaid = "unpaid",
        /// The payouts sum to the host's share.
        Payouts = "payouts",
        /// Amounts paid out and withheld match the journal.
        PaidOut = "paid_out",
        /// The claimed nights match the booking's state.
        Nights = "nights",
        /// A property's rating is the mean of its published reviews.
        Rating = "rating",
        /// Every stored record can be restored.
        Damaged = "damaged",
        /// No record is orphaned: each belongs to an existing booking.
        Orphaned = "stray",
    }
}

/// A booking with all related records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingSnapshot {
    /// The booking.
    pub booking: Booking,
    /// Its payment, if any.
    pub payment: Option<Payment>,
    /// Its journal entries, in any order.
    pub journal: Vec<JournalEntry>,
    /// Its claimed nights, in any order.
    pub claims: Vec<NightClaim>,
}

/// An inconsistency found by the integrity check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Finding {
    /// The property.
    pub property_id: PropertyId,
    /// The booking, if the finding concerns one.
    pub booking_id: Option<BookingId>,
    /// The check that failed.
    pub check: IntegrityCheck,
    /// Description with the amounts or nights concerned.
    pub detail: String,
}
