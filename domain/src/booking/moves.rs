//! Transitions by payment, by the host's answer, and by check-in and check-out.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Booking, BookingChange, Command, Confirmation, MoveError};
use crate::payment::Payment;
use crate::shared::Party;

impl Booking {
    /// Records the payment that was started for the booking.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] unless the booking awaits payment and its hold has not expired.
    pub fn begin_payment(
        mut self,
        payment: Payment,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let open = self.hold_expires_at().is_some_and(|end| now <= end);
        if !open {
            return Err(MoveError::WrongState {
                status: self.status,
                command: Command::Capture,
            });
        }
        let held = self.claims();
        self.record.payment_id = Some(payment.id);
        self.touch(now);
        Ok(BookingChange::quiet(self, &held).paying(payment))
    }

    /// Confirms the booking after its payment was captured; its nights become booked.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] when the hold has ended; the capture must then be refunded.
    pub fn captured(self, code: String, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        self.confirm(Command::Capture, Party::System, code, now)
    }

    /// Sends the request to the host after the payment was authorized.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] unless payment is awaited.
    pub fn authorized(self, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        let mut booking = self.step(Command::Authorize, Party::System, None, now)?;
        booking.record.requested_at = Some(now);
        Ok(BookingChange::of(booking, &held))
    }

    /// Begins the acceptance of a request by the host. The authorized amount is captured next; the
    /// booking waits for the outcome.
    ///
    /// # Errors
    /// [`MoveError`]: [`MoveError::TooLate`] after [`Self::respond_by`].
    pub fn accepting(mut self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        self.permit(Command::Accept, by)?;
        if let Some(until) = self.respond_by().filter(|&until| now > until) {
            return Err(MoveError::TooLate { until });
        }
        let held = self.claims();
        self.touch(now);
        Ok(BookingChange::quiet(self, &held))
    }

    /// Confirms an accepted request after its capture; its nights become booked. The gateway's
    /// delay does not count: the host accepted in time.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] when the booking ended concurrently; the capture must then be
    /// refunded.
    pub fn accepted(self, code: String, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        self.confirm(Command::Accept, Party::Host, code, now)
    }

    fn confirm(
        self,
        command: Command,
        by: Party,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        let mut booking = self.step(command, by, None, now)?;
        booking.record.confirmation = Some(Confirmation { at: now, code });
        Ok(BookingChange::of(booking, &held))
    }

    /// Declines the request on behalf of the host. The authorization is to be voided.
    ///
    /// # Errors
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn decline(
        self,
        by: Party,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        Ok(BookingChange::of(
            self.step(Command::Decline, by, reason, now)?,
            &held,
        ))
    }

    /// Checks the guests in, from the check-in time on.
    ///
    /// # Errors
    /// [`MoveError`]: [`MoveError::AlterationPending`] while an alteration is being charged, since
    /// it may still change the check-in.
    pub fn check_in(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let (held, from) = (self.claims(), self.deadlines().check_in());
        let booking = self.step(Command::CheckIn, by, None, now)?;
        if now < from {
            return Err(MoveError::TooEarly { from });
        }
        if booking.is_being_altered() {
            return Err(MoveError::AlterationPending);
        }
        Ok(BookingChange::of(booking, &held))
    }

    /// Checks the guests out. Unused nights are released.
    ///
    /// # Errors
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn check_out(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        Ok(BookingChange::of(
            self.step(Command::CheckOut, by, None, now)?,
            &held,
        ))
    }

    /// Marks a no-show, from 24 hours after the check-in time until the stay ends. Nothing is
    /// refunded.
    ///
    /// # Errors
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn no_show(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let (from, until) = (
            self.deadlines().check_in() + TimeDelta::hours(24),
            self.ends_at(),
        );
        let held = self.claims();
        let booking = self.step(Command::MarkNoShow, by, None, now)?;
        if now < from {
            return Err(MoveError::TooEarly { from });
        }
        if now > until {
            return Err(MoveError::TooLate { until });
        }
        Ok(BookingChange::of(booking, &held))
    }
}
