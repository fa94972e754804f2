//! The end of an alteration: its charge succeeds or fails, or it is dropped.

use chrono::{DateTime, Utc};

use crate::booking::booking::Booking;
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingCommand;
use crate::booking::pricing::price::Price;
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::id::PaymentEntryId;
use crate::shared::stay::Stay;

impl Booking {
    /// Returns `true` while an accepted alteration awaits the outcome of its charge.
    #[must_use]
    pub fn awaits_alteration_charge(&self) -> bool {
        self.alteration
            .as_ref()
            .is_some_and(|it| it.charge.is_some())
    }

    /// Applies the alteration after the difference was captured. Nights that belong only to the old
    /// stay are released.
    ///
    /// # Errors
    /// [`TransitionError::NoAlteration`] when no alteration awaits this charge; the capture must then be
    /// refunded.
    pub fn record_alteration_capture(
        &self,
        charge: PaymentEntryId,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_charge(charge)?;
        let held = self.claims();
        let reason = Some("alteration paid".to_owned());
        let mut booking = self.apply_command(
            BookingCommand::PayAlteration,
            BookingRole::System,
            reason,
            now,
        )?;
        booking.apply_alteration();
        Ok(BookingChange::of(booking, &held))
    }

    /// Drops the alteration because the gateway declined the charge with this code. The booking is
    /// unchanged, and nights that belong only to the new stay are released.
    ///
    /// # Errors
    /// [`TransitionError::NoAlteration`] when no alteration awaits this charge.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "same signature as the other transitions"
    )]
    pub fn record_alteration_decline(
        &self,
        charge: PaymentEntryId,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_charge(charge)?;
        let reason = format!("alteration refused: {reason}");
        self.drop_alteration(
            BookingCommand::RefuseAlteration,
            BookingRole::System,
            &reason,
            now,
        )
    }

    fn require_charge(&self, charge: PaymentEntryId) -> Result<(), TransitionError> {
        let awaited = self.alteration.as_ref().and_then(|it| it.charge);
        if awaited == Some(charge) {
            Ok(())
        } else {
            Err(TransitionError::NoAlteration)
        }
    }

    /// Replaces stay, guests and price by those of the alteration.
    pub(crate) fn apply_alteration(&mut self) {
        if let Some(agreed) = self.record.alteration.take() {
            self.agree_on(agreed.stay, agreed.guests, agreed.price);
        }
    }

    /// Replaces stay, guests and price, and with them the policy in force: the one of the booking's
    /// conditions for the nights of the new stay.
    pub(crate) fn agree_on(&mut self, stay: Stay, guests: Guests, price: Price) {
        let record = &mut self.record;
        record.policy = record.conditions.policy_for(stay);
        record.stay = stay;
        record.guests = guests;
        record.price = price;
        record.alterations = record.alterations.saturating_add(1);
    }

    /// Drops the alteration and returns the change to store.
    pub(crate) fn drop_alteration(
        &self,
        command: BookingCommand,
        by: BookingRole,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let held = self.claims();
        Ok(BookingChange::of(
            self.without_alteration(command, by, reason, now)?,
            &held,
        ))
    }

    /// Removes the alteration and records the reason in the history.
    pub(crate) fn without_alteration(
        &self,
        command: BookingCommand,
        by: BookingRole,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, TransitionError> {
        let mut booking = self.apply_command(command, by, Some(reason.to_owned()), now)?;
        booking.record.alteration = None;
        Ok(booking)
    }
}
