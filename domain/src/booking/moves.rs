//! What becomes of a booking by its payment, by its host's answer, and by its guests' coming and going.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Booking, BookingChange, Command, Confirmation, MoveError};
use crate::payment::Payment;
use crate::shared::Party;

impl Booking {
    /// A payment was begun for it: it is known by its id from now on.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] unless payment is awaited and its hold is good.
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

    /// Its payment was captured: it is confirmed, and its nights are booked.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] when its hold is over: the capture is to be refunded.
    pub fn captured(self, code: String, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        self.confirm(Command::Capture, Party::System, code, now)
    }

    /// Its payment was authorised: the host is asked.
    ///
    /// # Errors
    /// [`MoveError::WrongState`].
    pub fn authorized(self, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        let mut booking = self.step(Command::Authorize, Party::System, None, now)?;
        booking.record.requested_at = Some(now);
        Ok(BookingChange::of(booking, &held))
    }

    /// The host says yes, in time. What was reserved is captured now; the booking waits until that is answered.
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

    /// What the host accepted was captured: it is confirmed, and its nights are booked. The host accepted in time,
    /// however late the gateway answers.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] when it ended meanwhile: the capture is to be refunded.
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

    /// The host says no. What was reserved is to be given up.
    ///
    /// # Errors
    /// [`MoveError`].
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

    /// The guests arrive, from the check-in time on.
    ///
    /// # Errors
    /// [`MoveError`]: [`MoveError::AlterationPending`] while the charge of an alteration is not answered, for that
    /// may still move the check-in.
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

    /// The guests leave. Nights that nobody sleeps any more are free again.
    ///
    /// # Errors
    /// [`MoveError`].
    pub fn check_out(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        Ok(BookingChange::of(
            self.step(Command::CheckOut, by, None, now)?,
            &held,
        ))
    }

    /// The guests never came: from 24 hours after the check-in time until the stay ends. Nothing comes back.
    ///
    /// # Errors
    /// [`MoveError`].
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
