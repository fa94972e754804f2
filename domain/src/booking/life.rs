//! State changes of a booking, including those by timeout.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::{Booking, BookingChange, Command, HistoryEntry, MoveError, Status};
use crate::shared::{Party, instant_of};

impl Booking {
    /// End of the hold for payment (UTC), while payment is awaited.
    #[must_use]
    pub fn hold_expires_at(&self) -> Option<DateTime<Utc>> {
        let end = later(
            self.created_at,
            TimeDelta::minutes(self.terms.hold_minutes.into()),
        );
        (self.status == Status::PendingPayment).then_some(end)
    }

    /// Deadline for the host's answer (UTC), while it is awaited.
    #[must_use]
    pub fn respond_by(&self) -> Option<DateTime<Utc>> {
        let asked = self
            .requested_at
            .filter(|_| self.status == Status::AwaitingHost)?;
        Some(later(
            asked,
            TimeDelta::hours(self.terms.request_hours.into()),
        ))
    }

    /// Check-out time of the last day (UTC).
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        instant_of(self.zone, self.stay.check_out(), self.check_out_until)
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
        self.over_at().into_iter().chain(unanswered).min()
    }

    /// Instant at which the current state times out.
    fn over_at(&self) -> Option<DateTime<Utc>> {
        match self.status {
            Status::PendingPayment => self.hold_expires_at(),
            Status::AwaitingHost => self.respond_by(),
            Status::Confirmed => Some(self.ends_at()),
            Status::CheckedIn => {
                let day_after = self.stay.check_out().checked_add_days(Days::new(1))?;
                Some(instant_of(self.zone, day_after, NaiveTime::MIN))
            }
            Status::Completed
            | Status::Cancelled
            | Status::Declined
            | Status::Expired
            | Status::NoShow => None,
        }
    }

    /// Applies the timeout that is due: of the state (a hold or request expires, a stay completes),
    /// or of an unanswered alteration.
    ///
    /// # Errors
    /// [`MoveError`] when nothing is due or the booking has ended.
    pub fn time_out(self, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let Some(due) = self.due_at() else {
            return Err(MoveError::WrongState {
                status: self.status,
                command: Command::TimeOut,
            });
        };
        if now < due {
            return Err(MoveError::TooEarly { from: due });
        }
        let held = self.claims();
        let over = self.over_at().is_some_and(|over| over <= now);
        let booking = if over {
            self.step(Command::TimeOut, Party::System, None, now)?
        } else {
            self.without_alteration(
                Command::ExpireAlteration,
                Party::System,
                "alteration expired",
                now,
            )?
        };
        Ok(BookingChange::of(booking, &held))
    }

    /// Returns the state to which the command leads, if this role may give it now.
    pub(super) fn permit(&self, command: Command, by: Party) -> Result<Status, MoveError> {
        if !super::may_ever(command, by) {
            return Err(MoveError::NotAllowed);
        }
        let status = self.status;
        super::target(status, command, by).ok_or(MoveError::WrongState { status, command })
    }

    /// Applies a transition of the table and records it in the history; the only way to change the
    /// state. A terminal state drops an open alteration.
    pub(super) fn step(
        mut self,
        command: Command,
        by: Party,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, MoveError> {
        let to = self.permit(command, by)?;
        let from = Some(self.record.status);
        self.record.status = to;
        self.record.history.push(HistoryEntry {
            at: now,
            from,
            to,
            by,
            reason,
        });
        if to.is_terminal() {
            self.record.alteration = None;
        }
        self.touch(now);
        Ok(self)
    }
}

/// The instant `by` later, saturating at the last representable instant.
pub(super) fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by)
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}
