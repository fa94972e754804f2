//! Cancellation of a booking and its refund.

use chrono::{DateTime, Utc};

use crate::booking::booking::{Booking, Cancellation, HistoryEntry};
use crate::booking::cancellation::host_fee::host_cancellation_fee;
use crate::booking::cancellation::refund::Refund;
use crate::booking::cancellation::refund_schedule::RefundTier;
use crate::booking::change::BookingChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::{BookingCommand, BookingStatus};
use crate::shared::basis_points::BasisPoints;
use crate::shared::booking_role::BookingRole;
use crate::shared::local_time::local_date;
use crate::shared::money::{Money, MoneyError};

/// Details of a cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CancelRequest {
    /// Free-text reason given by the canceller.
    pub reason: Option<String>,
    /// Share of the price that an admin refunds; the whole price when absent.
    pub granted: Option<BasisPoints>,
}

impl Booking {
    /// Refund that a cancellation by this role would give now.
    ///
    /// # Errors
    /// [`TransitionError`] when the command is not allowed for this role, state or time.
    pub fn refund(
        &self,
        by: BookingRole,
        granted: Option<BasisPoints>,
        now: DateTime<Utc>,
    ) -> Result<Refund, TransitionError> {
        match by {
            BookingRole::Guest if self.is_active() => Ok(Refund::by_guest(
                self.policy,
                &self.price,
                &self.deadlines(),
                &self.terms,
                now,
            )?),
            BookingRole::Admin if self.is_active() => Ok(Refund::granted(
                &self.price,
                granted.unwrap_or(BasisPoints::WHOLE),
            )?),
            _ => Ok(Refund::full(&self.price)?),
        }
    }

    /// Fee that the host would pay for cancelling now; `None` unless the booking is paid and has not
    /// ended.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn host_fee(&self, now: DateTime<Utc>) -> Result<Option<Money>, MoneyError> {
        self.is_active()
            .then(|| host_cancellation_fee(&self.price, &self.deadlines(), &self.terms, now))
            .transpose()
    }

    /// Refund schedule for a cancellation by the guest, from an instant on.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn refund_schedule(&self, from: DateTime<Utc>) -> Result<Vec<RefundTier>, MoneyError> {
        RefundTier::schedule(
            self.policy,
            &self.price,
            &self.deadlines(),
            &self.terms,
            from,
        )
    }

    /// Cancels the booking. Captured amounts are refunded as the policy, or an admin's decision,
    /// says. Nights are released as far as they are refunded; after a cancellation by the host they
    /// stay blocked.
    ///
    /// # Errors
    /// [`TransitionError`] when the command is not allowed for this role, state or time;
    /// [`TransitionError::TooLate`] once the stay is over.
    pub fn cancel(
        &self,
        by: BookingRole,
        request: CancelRequest,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, TransitionError> {
        self.require_transition(BookingCommand::Cancel, by)?;
        self.require_not_over(now)?;
        let held = self.claims();
        let refund = self.refund(by, request.granted, now)?;
        let host_fee = match by {
            BookingRole::Host => self.host_fee(now)?,
            _ => None,
        };
        let mut booking =
            self.apply_command(BookingCommand::Cancel, by, request.reason.clone(), now)?;
        let cancellation = Cancellation {
            by,
            at: now,
            reason: request.reason,
            refund,
            host_fee,
        };
        booking.record.cancellation = Some(cancellation);
        Ok(BookingChange::of(booking, &held))
    }

    /// Ends a stay from which the guest checks out before the day of departure, with the refund of
    /// a cancellation in mid-stay.
    ///
    /// # Errors
    /// [`TransitionError`] when amounts cannot be combined.
    pub(crate) fn leave_early(&self, now: DateTime<Utc>) -> Result<BookingChange, TransitionError> {
        let by = BookingRole::Guest;
        let held = self.claims();
        let refund = self.refund(by, None, now)?;
        let mut booking = self.apply_command(BookingCommand::CheckOut, by, None, now)?;
        booking.record.cancellation = Some(Cancellation {
            by,
            at: now,
            reason: None,
            refund,
            host_fee: None,
        });
        Ok(BookingChange::of(booking, &held))
    }

    /// Returns `true` if guest and host may review each other: after a stay that lasted past its first
    /// midnight, or one that the host or an admin cancelled on or after the check-in day.
    #[must_use]
    pub fn is_reviewable(&self) -> bool {
        let check_in = self.stay.check_in();
        let lasted = |at| local_date(self.zone, at) > check_in;
        match self.status {
            BookingStatus::Completed => self.completed_at().is_none_or(lasted),
            BookingStatus::Cancelled => {
                let ended = self
                    .cancellation
                    .as_ref()
                    .filter(|_| self.confirmation.is_some());
                ended.is_some_and(|ended| {
                    let on_the_day = local_date(self.zone, ended.at) == check_in;
                    lasted(ended.at) || on_the_day && ended.by != BookingRole::Guest
                })
            }
            BookingStatus::PendingPayment
            | BookingStatus::AwaitingHost
            | BookingStatus::Confirmed
            | BookingStatus::CheckedIn
            | BookingStatus::Declined
            | BookingStatus::Expired
            | BookingStatus::NoShow => false,
        }
    }

    /// Instant (UTC) at which the stay was completed.
    fn completed_at(&self) -> Option<DateTime<Utc>> {
        let ended = |entry: &&HistoryEntry| {
            entry.to == BookingStatus::Completed && entry.from != Some(BookingStatus::Completed)
        };
        self.history.iter().rfind(ended).map(|entry| entry.at)
    }

    /// Returns `true` if the booking is paid and not ended.
    const fn is_active(&self) -> bool {
        matches!(
            self.record.status,
            BookingStatus::Confirmed | BookingStatus::CheckedIn
        )
    }
}
