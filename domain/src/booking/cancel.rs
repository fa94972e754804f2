//! Cancellation of a booking and its refund.

use chrono::{DateTime, Utc};

use super::{
    Booking, BookingChange, Cancellation, Command, CurveStep, MoveError, Refund, Status,
    host_cancellation_fee,
};
use crate::shared::{BasisPoints, Money, MoneyError, Party, local_date};

/// Details of a cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn refund(
        &self,
        by: Party,
        granted: Option<BasisPoints>,
        now: DateTime<Utc>,
    ) -> Result<Refund, MoveError> {
        match by {
            Party::Guest if self.is_certain() => Ok(Refund::by_guest(
                self.policy,
                &self.price,
                &self.deadlines(),
                &self.terms,
                now,
            )?),
            Party::Admin if self.is_certain() => Ok(Refund::granted(
                &self.price,
                granted.unwrap_or(BasisPoints::WHOLE),
            )?),
            _ => Ok(Refund::full(&self.price)?),
        }
    }

    /// Refund schedule for a cancellation by the guest, from an instant on.
    ///
    /// # Errors
    /// [`MoneyError`] when amounts cannot be combined or overflow.
    pub fn refund_curve(&self, from: DateTime<Utc>) -> Result<Vec<CurveStep>, MoneyError> {
        CurveStep::curve(
            self.policy,
            &self.price,
            &self.deadlines(),
            &self.terms,
            from,
        )
    }

    /// Cancels the booking. Captured amounts are refunded as the policy, or an admin's decision,
    /// says. Nights that were not stayed are released; after a cancellation by the host they stay
    /// blocked.
    ///
    /// # Errors
    /// [`MoveError`] when the command is not allowed for this role, state or time.
    pub fn cancel(
        self,
        by: Party,
        request: CancelRequest,
        now: DateTime<Utc>,
    ) -> Result<BookingChange, MoveError> {
        let held = self.claims();
        let refund = self.refund(by, request.granted, now)?;
        let fined = by == Party::Host && self.is_certain();
        let host_fee = fined.then(|| host_cancellation_fee(&self.price, &self.deadlines(), now));
        let host_fee: Option<Money> = host_fee.transpose()?;
        let mut booking = self.step(Command::Cancel, by, request.reason.clone(), now)?;
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

    /// Returns `true` if guest and host may review each other: after a completed stay, or one
    /// cancelled on or after the check-in day.
    #[must_use]
    pub fn is_reviewable(&self) -> bool {
        let late = |at| local_date(self.zone, at) >= self.stay.check_in();
        match self.status {
            Status::Completed => true,
            Status::Cancelled => {
                self.confirmation.is_some()
                    && self
                        .cancellation
                        .as_ref()
                        .is_some_and(|cancellation| late(cancellation.at))
            }
            Status::PendingPayment
            | Status::AwaitingHost
            | Status::Confirmed
            | Status::CheckedIn
            | Status::Declined
            | Status::Expired
            | Status::NoShow => false,
        }
    }

    /// Returns `true` if the booking is paid and not ended.
    const fn is_certain(&self) -> bool {
        matches!(self.record.status, Status::Confirmed | Status::CheckedIn)
    }
}
