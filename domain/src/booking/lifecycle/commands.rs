//! Transitions by payment, by the host's answer, and by check-in and check-out.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::booking::{Booking, Confirmation};
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::booking::precondition::Precondition;
use crate::payment::payment::Payment;
use crate::property::enums::BookingMode;
use crate::shared::booking_role::BookingRole;
use crate::shared::local_time::saturating_add;

impl Booking {
    /// Records the payment that was started for the booking.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`] unless the booking awaits payment and its hold has not expired;
    /// [`TransitionError::ForeignPayment`] when the payment belongs to another booking.
    pub fn begin_payment(
        &self,
        payment: Payment,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let open = self.hold_expires_at().is_some_and(|end| now <= end);
        if !open {
            return Err(TransitionError::WrongState {
                status: self.status,
                command: BookingCommand::Capture,
            });
        }
        self.require_own(&payment)?;
        let held = self.claims();
        let mut booking = self.clone();
        booking.record.payment_id = Some(payment.id);
        Ok(
            BookingChange::without_notification(booking.bump_version(now), &held)
                .with_payment(payment)
                .requiring([
                    Precondition::PropertyNotSuspended,
                    Precondition::GuestActive,
                ]),
        )
    }

    /// Confirms an instant booking after its payment was captured; its nights become booked.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`] when the hold has ended, [`TransitionError::TooLate`] when its time
    /// is over; the capture must then be refunded. [`TransitionError::AwaitsHost`] when the host must
    /// accept first.
    pub fn record_capture(
        &self,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_transition(BookingCommand::Capture, BookingRole::System)?;
        self.require_held(now)?;
        if self.mode == BookingMode::Request {
            return Err(TransitionError::AwaitsHost);
        }
        self.confirm(BookingCommand::Capture, BookingRole::System, code, now)
    }

    /// Sends the request to the host after the payment was authorized.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`] unless payment is awaited; [`TransitionError::TooLate`] when the
    /// time of the hold is over.
    pub fn record_authorization(
        &self,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_transition(BookingCommand::Authorize, BookingRole::System)?;
        self.require_held(now)?;
        let held = self.claims();
        let mut booking =
            self.apply_command(BookingCommand::Authorize, BookingRole::System, None, now)?;
        booking.record.requested_at = Some(now);
        Ok(BookingChange::of(booking, &held))
    }

    /// Begins the acceptance of a request by the host. The authorized amount is captured next; the
    /// booking waits for the outcome.
    ///
    /// # Errors
    /// [`TransitionError`]: [`TransitionError::TooLate`] after [`Self::respond_by`].
    pub fn begin_acceptance(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_transition(BookingCommand::Accept, by)?;
        if let Some(until) = self.respond_by().filter(|&until| now > until) {
            return Err(TransitionError::TooLate { until });
        }
        let held = self.claims();
        Ok(
            BookingChange::without_notification(self.clone().bump_version(now), &held)
                .requiring([Precondition::PropertyNotSuspended]),
        )
    }

    /// Confirms an accepted request after its capture; its nights become booked. The gateway's
    /// delay does not count: the host accepted in time.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`] when the booking ended concurrently; the capture must then be
    /// refunded.
    pub fn confirm_acceptance(
        &self,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.confirm(BookingCommand::Accept, BookingRole::Host, code, now)
    }

    fn confirm(
        &self,
        command: BookingCommand,
        by: BookingRole,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let held = self.claims();
        let mut booking = self.apply_command(command, by, None, now)?;
        booking.record.confirmation = Some(Confirmation {
            at: now,
            code,
            check_in: booking.stay.check_in(),
        });
        Ok(BookingChange::of(booking, &held))
    }

    /// Declines the request on behalf of the host. The authorization is to be voided.
    ///
    /// # Errors
    /// [`TransitionError`] when the command is not allowed for this role, state or time.
    pub fn decline(
        &self,
        by: BookingRole,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let held = self.claims();
        Ok(BookingChange::of(
            self.apply_command(BookingCommand::Decline, by, reason, now)?,
            &held,
        ))
    }

    /// Checks the guests in, from the check-in time on.
    ///
    /// # Errors
    /// [`TransitionError`]: [`TransitionError::AlterationPending`] while an alteration is being charged, since
    /// it may still change the check-in.
    pub fn check_in(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let (held, from) = (self.claims(), self.deadlines().check_in());
        let booking = self.apply_command(BookingCommand::CheckIn, by, None, now)?;
        if now < from {
            return Err(TransitionError::TooEarly { from });
        }
        if now > booking.ends_at() {
            return Err(TransitionError::TooLate {
                until: booking.ends_at(),
            });
        }
        if booking.awaits_alteration_charge() {
            return Err(TransitionError::AlterationPending);
        }
        Ok(BookingChange::of(booking, &held))
    }

    /// Checks the guests out. A guest who leaves before the day of departure is refunded as by a
    /// cancellation in mid-stay.
    ///
    /// # Errors
    /// [`TransitionError`]: [`TransitionError::BeforeDeparture`] when the host checks out before the
    /// day of departure.
    pub fn check_out(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_transition(BookingCommand::CheckOut, by)?;
        let from = self.departure_day_begins();
        if now < from {
            return match by {
                BookingRole::Guest => self.leave_early(now),
                _ => Err(TransitionError::BeforeDeparture { from }),
            };
        }
        let held = self.claims();
        Ok(BookingChange::of(
            self.apply_command(BookingCommand::CheckOut, by, None, now)?,
            &held,
        ))
    }

    /// Marks a no-show: from 24 hours after the check-in time or the end of the stay, whichever is
    /// earlier, until 24 hours after the end of the stay; also when the stay was completed by time
    /// alone. Nothing is refunded, and the paid nights stay claimed.
    ///
    /// # Errors
    /// [`TransitionError`] when the command is not allowed for this role, state or time.
    pub fn no_show(
        &self,
        by: BookingRole,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        let day = TimeDelta::hours(24);
        let from = saturating_add(self.deadlines().check_in(), day).min(self.ends_at());
        let until = saturating_add(self.ends_at(), day);
        let held = self.claims();
        self.require_transition(BookingCommand::MarkNoShow, by)?;
        if self.status == BookingStatus::Completed && !self.was_completed_by_time() {
            return Err(TransitionError::WrongState {
                status: self.status,
                command: BookingCommand::MarkNoShow,
            });
        }
        if now < from {
            return Err(TransitionError::TooEarly { from });
        }
        if now > until {
            return Err(TransitionError::TooLate { until });
        }
        let booking = self.apply_command(BookingCommand::MarkNoShow, by, None, now)?;
        Ok(BookingChange::of(booking, &held))
    }

    /// Refuses a payment that was made for another booking.
    fn require_own(&self, payment: &Payment) -> Result<(), TransitionError> {
        let own = (payment.booking_id, payment.property_id) == (self.id, self.property_id);
        if own && payment.currency() == self.price.currency() {
            Ok(())
        } else {
            Err(TransitionError::ForeignPayment)
        }
    }

    /// Returns `true` if the stay was confirmed, nothing was marked, and it was completed when it
    /// was over.
    fn was_completed_by_time(&self) -> bool {
        self.history.last().is_some_and(|end| {
            end.from == Some(BookingStatus::Confirmed) && end.to == BookingStatus::Completed
        })
    }
}
