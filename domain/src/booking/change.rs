//! A decision about a booking.

use chrono::NaiveDate;

use super::Booking;
use crate::payment::Payment;
use crate::property::NightClaim;
use crate::shared::Notice;

/// What becomes of the nights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NightsChange {
    /// They stay as they are.
    Keep,
    /// These are claimed, in ascending order; all or none.
    Claim(Vec<NightClaim>),
    /// The booking's held nights become booked.
    Book,
    /// The booking's claims from this night on are given up.
    Release(NaiveDate),
    /// The booking's claims from this night on become blocks that only an operator can lift.
    Block(NaiveDate),
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
    /// Whom to tell.
    pub notices: Vec<Notice>,
}

impl BookingChange {
    pub(super) fn of(booking: Booking, nights: NightsChange) -> Self {
        let notices = vec![Notice::BookingChanged { booking_id: booking.id }];
        Self { booking, nights, payment: None, notices }
    }

    /// The same with a change of its payment.
    #[must_use]
    pub fn paying(mut self, payment: Payment) -> Self {
        self.payment = Some(payment);
        self
    }
}
