//! State changes of a booking, including those by timeout.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use crate::booking::booking::{Booking, HistoryEntry};
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::shared::booking_role::BookingRole;
use crate::shared::local_time::{instant_of, saturating_add};

/// Reason of a hold that ended because too many cards were refused.
const REFUSED_CARDS: &str = "too many refused cards";

impl Booking {
    /// End of the hold for payment (UTC), while payment is awaited.
    #[must_use]
    pub fn hold_expires_at(&self) -> Option<DateTime<Utc>> {
        let end = saturating_add(
            self.created_at,
            TimeDelta::minutes(self.terms.hold_minutes.into()),
        );
        (self.status == BookingStatus::PendingPayment).then_some(end)
    }

    /// Deadline for the host's answer (UTC), while it is awaited; never after the check-in time.
    #[must_use]
    pub fn respond_by(&self) -> Option<DateTime<Utc>> {
        let asked = self
            .requested_at
            .filter(|_| self.status == BookingStatus::AwaitingHost)?;
        let answer = saturating_add(asked, TimeDelta::hours(self.terms.request_hours.into()));
        Some(answer.min(self.deadlines().check_in()))
    }

    /// Check-out time of the last day (UTC).
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        instant_of(self.zone, self.stay.check_out(), self.check_out_until)
    }

    /// Beginning of the day of departure (UTC).
    #[must_use]
    pub fn departure_day_begins(&self) -> DateTime<Utc> {
        instant_of(self.zone, self.stay.check_out(), NaiveTime::MIN)
    }

    /// Next instant at which a timeout changes the booking or expires an unanswered alteration;
    /// `None` once it has ended. A confirmed stay times out at its check-out time, a checked-in one
    /// at the beginning of the following day.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        let unanswered = self
            .alteration
            .as_ref()
            .filter(|it| it.charge.is_none())
            .map(|it| it.expires_at);
        self.state_expires_at().into_iter().chain(unanswered).min()
    }

    /// Instant at which the current state times out.
    fn state_expires_at(&self) -> Option<DateTime<Utc>> {
        match self.status {
            BookingStatus::PendingPayment => self.hold_expires_at(),
            BookingStatus::AwaitingHost => self.respond_by(),
            BookingStatus::Confirmed => Some(self.ends_at()),
            BookingStatus::CheckedIn => {
                let day_after = self.stay.check_out().checked_add_days(Days::new(1))?;
                Some(instant_of(self.zone, day_after, NaiveTime::MIN))
            }
            BookingStatus::Completed
            | BookingStatus::Cancelled
            | BookingStatus::Declined
            | BookingStatus::Expired
            | BookingStatus::NoShow => None,
        }
    }

    /// Applies the timeout that is due: of the state (a hold or request expires, a stay completes),
    /// or of an unanswered alteration.
    ///
    /// # Errors
    /// [`TransitionError`] when nothing is due or the booking has ended.
    pub fn time_out(&self, now: DateTime<Utc>) -> Result<BookingChange, TransitionError> {
        let Some(due) = self.due_at() else {
            return Err(TransitionError::WrongState {
                status: self.status,
                command: BookingCommand::TimeOut,
            });
        };
        if now < due {
            return Err(TransitionError::TooEarly { from: due });
        }
        let held = self.claims();
        let over = self.state_expires_at().is_some_and(|over| over <= now);
        let booking = if over {
            self.apply_command(BookingCommand::TimeOut, BookingRole::System, None, now)?
        } else {
            self.without_alteration(
                BookingCommand::ExpireAlteration,
                BookingRole::System,
                "alteration expired",
                now,
            )?
        };
        Ok(BookingChange::of(booking, &held))
    }

    /// Ends the hold because too many cards were refused.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`] unless the booking awaits payment.
    pub fn end_hold_after_refused_cards(
        &self,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        if self.status != BookingStatus::PendingPayment {
            return Err(TransitionError::WrongState {
                status: self.status,
                command: BookingCommand::TimeOut,
            });
        }
        let held = self.claims();
        let reason = Some(REFUSED_CARDS.to_owned());
        let booking =
            self.apply_command(BookingCommand::TimeOut, BookingRole::System, reason, now)?;
        Ok(BookingChange::of(booking, &held))
    }

    /// Returns `true` if the hold ended because too many cards were refused.
    #[must_use]
    pub fn is_ended_by_refused_cards(&self) -> bool {
        let reason = self.history.last().and_then(|last| last.reason.as_deref());
        self.status == BookingStatus::Expired && reason == Some(REFUSED_CARDS)
    }

    /// Returns the state to which the command leads, if this role may give it now.
    pub(crate) fn require_transition(
        &self,
        command: BookingCommand,
        by: BookingRole,
    ) -> Result<BookingStatus, TransitionError> {
        if !crate::booking::lifecycle::transitions::is_ever_allowed(command, by) {
            return Err(TransitionError::NotAllowed);
        }
        let status = self.status;
        crate::booking::lifecycle::transitions::next_status(status, command, by)
            .ok_or(TransitionError::WrongState { status, command })
    }

    /// Refuses a command on a stay that is over, whether or not its timeout has been applied.
    pub(crate) fn require_not_over(&self, now: DateTime<Utc>) -> Result<(), TransitionError> {
        let over = matches!(
            self.status,
            BookingStatus::Confirmed | BookingStatus::CheckedIn
        );
        match self.state_expires_at().filter(|_| over) {
            Some(until) if now > until => Err(TransitionError::TooLate { until }),
            _ => Ok(()),
        }
    }

    /// Refuses a charge after the hold for payment has ended.
    pub(crate) fn require_held(&self, now: DateTime<Utc>) -> Result<(), TransitionError> {
        match self.hold_expires_at() {
            Some(until) if now > until => Err(TransitionError::TooLate { until }),
            _ => Ok(()),
        }
    }

    /// Applies a transition of the table and records it in the history; the only way to change the
    /// state. A terminal state drops an open alteration.
    pub(crate) fn apply_command(
        &self,
        command: BookingCommand,
        by: BookingRole,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, TransitionError> {
        let to = self.require_transition(command, by)?;
        let mut booking = self.clone();
        booking.record.status = to;
        booking.record.history.push(HistoryEntry {
            at: now,
            from: Some(self.status),
            to,
            command: Some(command),
            by,
            reason,
        });
        if to.is_terminal() {
            booking.record.alteration = None;
        }
        Ok(booking.bump_version(now))
    }
}
