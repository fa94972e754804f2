//! How an alteration ends: its charge is answered, or it is dropped.

use chrono::{DateTime, Utc};

use super::{Booking, BookingChange, Command, MoveError};
use crate::shared::{Party, PaymentEntryId};

impl Booking {
    /// Whether an accepted alteration awaits the answer of its charge.
    #[must_use]
    pub fn is_being_altered(&self) -> bool {
        self.alteration
            .as_ref()
            .is_some_and(|it| it.charge.is_some())
    }

    /// The difference was captured: the booking becomes what was agreed, and the nights of the old stay alone are
    /// free again.
    ///
    /// # Errors
    /// [`MoveError::NoAlteration`] when none awaits this charge: the capture is to be refunded.
    pub fn alteration_paid(
        self,
        charge: PaymentEntryId,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        self.require_charge(charge)?;
        let held = self.claims();
        let reason = Some("alteration paid".to_owned());
        let mut booking = self.step(Command::PayAlteration, Party::System, reason, now)?;
        booking.apply_alteration();
        Ok(BookingChange::of(booking, &held))
    }

    /// The gateway refused the difference, for this code: the booking stays as it was, and the nights of the new
    /// stay alone are free again.
    ///
    /// # Errors
    /// [`MoveError::NoAlteration`] when none awaits this charge.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "like every move it takes what it is given"
    )]
    pub fn alteration_refused(
        self,
        charge: PaymentEntryId,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        self.require_charge(charge)?;
        let reason = format!("alteration refused: {reason}");
        self.dropped(Command::RefuseAlteration, Party::System, &reason, now)
    }

    fn require_charge(&self, charge: PaymentEntryId) -> Result<(), MoveError> {
        let awaited = self.alteration.as_ref().and_then(|it| it.charge);
        if awaited == Some(charge) {
            Ok(())
        } else {
            Err(MoveError::NoAlteration)
        }
    }

    /// The booking becomes what its alteration says.
    pub(super) fn apply_alteration(&mut self) {
        if let Some(agreed) = self.record.alteration.take() {
            self.record.stay = agreed.stay;
            self.record.guests = agreed.guests;
            self.record.price = agreed.price;
        }
    }

    /// The change by which its alteration is dropped.
    pub(super) fn dropped(
        self,
        command: Command,
        by: Party,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        Ok(BookingChange::of(
            self.without_alteration(command, by, reason, now)?,
            &held,
        ))
    }

    /// The booking without its alteration, and why.
    pub(super) fn without_alteration(
        self,
        command: Command,
        by: Party,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, MoveError> {
        let mut booking = self.step(command, by, Some(reason.to_owned()), now)?;
        booking.record.alteration = None;
        Ok(booking)
    }
}
