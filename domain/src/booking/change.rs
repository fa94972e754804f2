//! A decision about a booking.

use super::Booking;
use crate::ledger::JournalEntry;
use crate::payment::Payment;
use crate::property::NightClaim;
use crate::shared::{AuditEntry, Notice};

/// What becomes of the nights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NightsChange {
    /// They stay as they are.
    Keep,
    /// The booking's own claims become exactly these, in ascending order, with these kinds: what is not among
    /// them is given up, what is new is claimed. All or none.
    Set(Vec<NightClaim>),
}

/// A decision about a booking, to be stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingChange {
    /// The booking as it is to be. Version 1 is inserted; a later version replaces the one before it.
    pub booking: Booking,
    /// What becomes of the nights.
    pub nights: NightsChange,
    /// Its payment as it is to be, if it changes. Likewise by version.
    pub payment: Option<Payment>,
    /// What is posted with it.
    pub journal: Vec<JournalEntry>,
    /// Whom to tell.
    pub notices: Vec<Notice>,
    /// What is written down about it.
    pub audit: Option<AuditEntry>,
}

impl BookingChange {
    /// A change of which both sides are told. The nights become the booking's [`Booking::claims`], when those
    /// differ from what it held before.
    pub(super) fn of(booking: Booking, held: &[NightClaim]) -> Self {
        let notices = vec![Notice::BookingChanged {
            booking_id: booking.id,
        }];
        Self {
            notices,
            ..Self::quiet(booking, held)
        }
    }

    /// The same, of which nobody is told.
    pub(super) fn quiet(booking: Booking, held: &[NightClaim]) -> Self {
        let claims = booking.claims();
        let nights = if claims == held {
            NightsChange::Keep
        } else {
            NightsChange::Set(claims)
        };
        Self {
            booking,
            nights,
            payment: None,
            journal: Vec::new(),
            notices: Vec::new(),
            audit: None,
        }
    }

    /// The same with a change of its payment.
    #[must_use]
    pub fn paying(mut self, payment: Payment) -> Self {
        self.payment = Some(payment);
        self
    }

    /// The same, written down.
    #[must_use]
    pub fn audited(mut self, entry: Option<AuditEntry>) -> Self {
        self.audit = entry;
        self
    }
}
