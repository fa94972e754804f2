//! Alterations: one side proposes other dates or guests, the other answers.

use chrono::{DateTime, TimeDelta, Utc};

use super::life::later;
use super::{Alteration, Booking, BookingChange, Command, MoveError, NewAlteration, Status};
use crate::shared::{Guests, Party, PaymentEntryId, Stay, local_date};

impl Booking {
    /// Requests other dates or guests. Before payment the change applies at once, and the hold is
    /// not renewed. For a confirmed or checked-in booking it becomes a proposal, which replaces an
    /// earlier one of the same side. Availability is checked beforehand by
    /// [`super::alteration_refusals`].
    ///
    /// # Errors
    /// [`MoveError`]; in particular [`MoveError::CheckOutOnly`] when the stay has begun and
    /// anything but its check-out would change.
    pub fn alter(
        self,
        by: Party,
        new: NewAlteration,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        self.permit(Command::Alter, by)?;
        if (new.stay, new.guests) == (self.stay, self.guests) {
            return Err(MoveError::NothingToAlter);
        }
        new.price.total.minus(self.price.total)?;
        if self.status == Status::PendingPayment {
            self.altered(by, new, now)
        } else {
            self.proposed(by, new, now)
        }
    }

    fn altered(
        self,
        by: Party,
        new: NewAlteration,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        if let Some(until) = self.hold_expires_at().filter(|&until| now > until) {
            return Err(MoveError::TooLate { until });
        }
        let held = self.claims();
        let mut booking = self.step(Command::Alter, by, Some("altered".to_owned()), now)?;
        booking.record.stay = new.stay;
        booking.record.guests = new.guests;
        booking.record.price = new.price;
        Ok(BookingChange::of(booking, &held))
    }

    fn proposed(
        self,
        by: Party,
        new: NewAlteration,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let expired = self
            .alteration
            .as_ref()
            .is_some_and(|it| it.charge.is_none() && now > it.expires_at);
        let pending = self
            .alteration
            .as_ref()
            .filter(|it| it.by != by || it.charge.is_some());
        if pending.is_some() && !expired {
            return Err(MoveError::AlterationPending);
        }
        self.require_alterable(new.stay, new.guests, now)?;
        let held = self.claims();
        let before = if expired {
            self.without_alteration(
                Command::ExpireAlteration,
                Party::System,
                "alteration expired",
                now,
            )?
        } else {
            self
        };
        let mut booking = before.step(
            Command::Alter,
            by,
            Some("alteration proposed".to_owned()),
            now,
        )?;
        booking.record.alteration = Some(Alteration {
            id: new.id,
            by,
            stay: new.stay,
            guests: new.guests,
            price: new.price,
            proposed_at: now,
            expires_at: later(now, TimeDelta::hours(booking.terms.alteration_hours.into())),
            charge: None,
        });
        Ok(BookingChange::of(booking, &held))
    }

    /// Accepts the alteration: the other side, or the system for a guest's proposal at an instant
    /// property. It is applied at once unless it costs more; then it is applied when `charge` is
    /// captured, and the nights of both stays are claimed until then.
    ///
    /// # Errors
    /// [`MoveError`]: [`MoveError::ChargeNeeded`] when it costs more and there is no charge.
    pub fn accept_alteration(
        self,
        by: Party,
        charge: Option<PaymentEntryId>,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let asked = self.open_alteration(Command::AcceptAlteration, by)?;
        if by == asked.by || (by, asked.by) == (Party::System, Party::Host) {
            return Err(MoveError::NotAllowed);
        }
        if now > asked.expires_at {
            return Err(MoveError::TooLate {
                until: asked.expires_at,
            });
        }
        self.require_alterable(asked.stay, asked.guests, now)?;
        let costs_more = asked.difference(&self.price)?.amount() > 0;
        let charge = match charge {
            None if costs_more => return Err(MoveError::ChargeNeeded),
            charge => charge.filter(|_| costs_more),
        };
        let held = self.claims();
        let mut booking = self.step(
            Command::AcceptAlteration,
            by,
            Some("alteration accepted".to_owned()),
            now,
        )?;
        match &mut booking.record.alteration {
            Some(asked) if costs_more => asked.charge = charge,
            _ => booking.apply_alteration(),
        }
        Ok(BookingChange::of(booking, &held))
    }

    /// Declines the alteration on behalf of the other side. The booking is unchanged.
    ///
    /// # Errors
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn decline_alteration(
        self,
        by: Party,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let asked = self.open_alteration(Command::DeclineAlteration, by)?;
        if by == asked.by {
            return Err(MoveError::NotAllowed);
        }
        self.dropped(Command::DeclineAlteration, by, "alteration declined", now)
    }

    /// Withdraws the alteration on behalf of the side that proposed it. The booking is unchanged.
    ///
    /// # Errors
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn withdraw_alteration(
        self,
        by: Party,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let asked = self.open_alteration(Command::WithdrawAlteration, by)?;
        if by != asked.by {
            return Err(MoveError::NotAllowed);
        }
        self.dropped(Command::WithdrawAlteration, by, "alteration withdrawn", now)
    }

    /// Returns the alteration that awaits an answer, if this role may give this command.
    fn open_alteration(&self, command: Command, by: Party) -> Result<&Alteration, MoveError> {
        self.permit(command, by)?;
        let asked = self
            .record
            .alteration
            .as_ref()
            .ok_or(MoveError::NoAlteration)?;
        if asked.charge.is_some() {
            Err(MoveError::AlterationPending)
        } else {
            Ok(asked)
        }
    }

    /// Once the stay has begun, only the check-out may change: past nights cannot be altered.
    fn require_alterable(
        &self,
        stay: Stay,
        guests: Guests,
        now: DateTime<Utc>,
    ) -> Result<(), MoveError> {
        let begun = self.status == Status::CheckedIn || now >= self.deadlines().check_in();
        let same = stay.check_in() == self.stay.check_in() && guests == self.guests;
        let ahead = stay.check_out() > local_date(self.zone, now);
        if !begun || same && ahead {
            Ok(())
        } else {
            Err(MoveError::CheckOutOnly)
        }
    }
}
