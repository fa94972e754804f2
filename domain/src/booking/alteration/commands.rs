//! Alterations: one side proposes other dates or guests, the other answers.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::alteration::alteration::{Alteration, NewAlteration};
use crate::booking::booking::Booking;
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::id::PaymentEntryId;
use crate::shared::local_time::{local_date, saturating_add};
use crate::shared::stay::Stay;

impl Booking {
    /// Requests other dates or guests. Before payment the change applies at once, and the hold is
    /// not renewed. For a confirmed or checked-in booking it becomes a proposal, which replaces an
    /// earlier one of the same side. Availability is checked beforehand by
    /// [`crate::booking::check_alteration`].
    ///
    /// # Errors
    /// [`TransitionError`]; in particular [`TransitionError::CheckOutOnly`] when the stay has begun and
    /// anything but its check-out would change.
    pub fn alter(
        &self,
        by: BookingRole,
        new: NewAlteration,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.check_alteration_command(by, new.price.stay(), new.price.guests(), now)?;
        if new.price.booking_id() != self.id {
            return Err(TransitionError::ForeignPrice {
                priced: new.price.booking_id(),
            });
        }
        new.price.total.checked_sub(self.price.total)?;
        if self.status == BookingStatus::PendingPayment {
            self.alter_hold(by, new, now)
        } else {
            self.propose_alteration(by, new, now)
        }
    }

    /// Checks everything that [`Self::alter`] requires but the price, so that a request which is
    /// refused anyway needs no price.
    ///
    /// # Errors
    /// [`TransitionError`], as [`Self::alter`].
    pub fn check_alteration_command(
        &self,
        by: BookingRole,
        stay: Stay,
        guests: Guests,
        now: DateTime<Utc>,
    ) -> Result<(), TransitionError> {
        self.require_transition(BookingCommand::Alter, by)?;
        if (stay, guests) == (self.stay, self.guests) {
            return Err(TransitionError::NothingToAlter);
        }
        self.require_not_over(now)?;
        self.require_alterations_left()?;
        if self.status != BookingStatus::PendingPayment {
            self.require_none_pending(by, now)?;
            return self.require_alterable(stay, guests, now);
        }
        match self.hold_expires_at().filter(|&until| now > until) {
            Some(until) => Err(TransitionError::TooLate { until }),
            None => Ok(()),
        }
    }

    fn alter_hold(
        &self,
        by: BookingRole,
        new: NewAlteration,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let held = self.claims();
        let mut booking =
            self.apply_command(BookingCommand::Alter, by, Some("altered".to_owned()), now)?;
        booking.agree_on(new.price.stay(), new.price.guests(), new.price.into_price());
        Ok(BookingChange::of(booking, &held))
    }

    /// Returns `true` if the open alteration has expired without an answer.
    fn has_expired_alteration(&self, now: DateTime<Utc>) -> bool {
        self.alteration
            .as_ref()
            .is_some_and(|it| it.charge.is_none() && now > it.expires_at)
    }

    /// The other side's proposal must be answered first, and a charge must have its outcome.
    fn require_none_pending(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<(), TransitionError> {
        let pending = self
            .alteration
            .as_ref()
            .is_some_and(|it| it.by != by || it.charge.is_some());
        if pending && !self.has_expired_alteration(now) {
            Err(TransitionError::AlterationPending)
        } else {
            Ok(())
        }
    }

    fn propose_alteration(
        &self,
        by: BookingRole,
        new: NewAlteration,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let expired = self.has_expired_alteration(now);
        let held = self.claims();
        let without_expired = expired
            .then(|| {
                self.without_alteration(
                    BookingCommand::ExpireAlteration,
                    BookingRole::System,
                    "alteration expired",
                    now,
                )
            })
            .transpose()?;
        let before = without_expired.as_ref().unwrap_or(self);
        let mut booking = before.apply_command(
            BookingCommand::Alter,
            by,
            Some("alteration proposed".to_owned()),
            now,
        )?;
        booking.record.alteration = Some(Alteration {
            id: new.id,
            by,
            stay: new.price.stay(),
            guests: new.price.guests(),
            price: new.price.into_price(),
            proposed_at: now,
            expires_at: saturating_add(
                now,
                TimeDelta::hours(booking.terms.alteration_hours.into()),
            ),
            charge: None,
            payment_method: new.payment_method,
        });
        Ok(BookingChange::of(booking, &held).merging_notices())
    }

    /// Accepts the alteration: the other side, or the system for a guest's proposal at an instant
    /// property. It is applied at once unless it costs more; then it is applied when `charge` is
    /// captured, and the nights of both stays are claimed until then.
    ///
    /// # Errors
    /// [`TransitionError`]: [`TransitionError::ChargeNeeded`] when it costs more and there is no charge.
    pub fn accept_alteration(
        &self,
        by: BookingRole,
        charge: Option<PaymentEntryId>,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let costs_more = self
            .alteration
            .as_ref()
            .map(|it| it.difference(&self.price))
            .transpose()?
            .is_some_and(|difference| difference.amount() > 0);
        let charge = charge.filter(|_| costs_more);
        let change = self.accept(by, charge, now)?;
        if costs_more && charge.is_none() {
            return Err(TransitionError::ChargeNeeded);
        }
        Ok(change)
    }

    /// Accepts an alteration whose higher price is covered by what is still owed to the guest, as
    /// after a refund that the gateway refused. It is applied at once.
    ///
    /// # Errors
    /// [`TransitionError`], as [`Self::accept_alteration`].
    pub fn accept_covered_alteration(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.accept(by, None, now)
    }

    fn accept(
        &self,
        by: BookingRole,
        charge: Option<PaymentEntryId>,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let alteration = self.open_alteration(BookingCommand::AcceptAlteration, by)?;
        if by == alteration.by || (by, alteration.by) == (BookingRole::System, BookingRole::Host) {
            return Err(TransitionError::NotAllowed);
        }
        if now > alteration.expires_at {
            return Err(TransitionError::TooLate {
                until: alteration.expires_at,
            });
        }
        self.require_not_over(now)?;
        self.require_alterable(alteration.stay, alteration.guests, now)?;
        self.require_alterations_left()?;
        let held = self.claims();
        let mut booking = self.apply_command(
            BookingCommand::AcceptAlteration,
            by,
            Some("alteration accepted".to_owned()),
            now,
        )?;
        match &mut booking.record.alteration {
            Some(alteration) if charge.is_some() => alteration.charge = charge,
            _ => booking.apply_alteration(),
        }
        Ok(BookingChange::of(booking, &held))
    }

    /// Declines the alteration on behalf of the other side. The booking is unchanged.
    ///
    /// # Errors
    /// [`TransitionError`] when the command is not allowed for this role, state or time.
    pub fn decline_alteration(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let alteration = self.open_alteration(BookingCommand::DeclineAlteration, by)?;
        if by == alteration.by {
            return Err(TransitionError::NotAllowed);
        }
        self.drop_alteration(
            BookingCommand::DeclineAlteration,
            by,
            "alteration declined",
            now,
        )
    }

    /// Withdraws the alteration on behalf of the side that proposed it. The booking is unchanged.
    ///
    /// # Errors
    /// [`TransitionError`] when the command is not allowed for this role, state or time.
    pub fn withdraw_alteration(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let alteration = self.open_alteration(BookingCommand::WithdrawAlteration, by)?;
        if by != alteration.by {
            return Err(TransitionError::NotAllowed);
        }
        self.drop_alteration(
            BookingCommand::WithdrawAlteration,
            by,
            "alteration withdrawn",
            now,
        )
        .map(BookingChange::merging_notices)
    }

    /// Returns the alteration that awaits an answer, if this role may give this command.
    fn open_alteration(
        &self,
        command: BookingCommand,
        by: BookingRole,
    ) -> Result<&Alteration, TransitionError> {
        self.require_transition(command, by)?;
        let alteration = self
            .record
            .alteration
            .as_ref()
            .ok_or(TransitionError::NoAlteration)?;
        if alteration.charge.is_some() {
            Err(TransitionError::AlterationPending)
        } else {
            Ok(alteration)
        }
    }

    /// The terms of the booking limit how many alterations are applied to it.
    fn require_alterations_left(&self) -> Result<(), TransitionError> {
        let limit = self.terms.max_alterations;
        if self.alterations < limit {
            Ok(())
        } else {
            Err(TransitionError::TooManyAlterations { limit })
        }
    }

    /// Once the stay has begun, only the check-out may change: past nights cannot be altered.
    fn require_alterable(
        &self,
        stay: Stay,
        guests: Guests,
        now: DateTime<Utc>,
    ) -> Result<(), TransitionError> {
        let begun = self.status == BookingStatus::CheckedIn || now >= self.deadlines().check_in();
        let same = stay.check_in() == self.stay.check_in() && guests == self.guests;
        let ahead = stay.check_out() > local_date(self.zone, now);
        if !begun || same && ahead {
            Ok(())
        } else {
            Err(TransitionError::CheckOutOnly)
        }
    }
}
