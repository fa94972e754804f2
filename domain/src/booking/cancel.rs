//! How a booking is called off, and what comes back then.

use chrono::{DateTime, Utc};

use super::{
    Booking, BookingChange, Cancellation, Command, CurveStep, MoveError, Refund, Status,
    host_cancellation_fee,
};
use crate::shared::{BasisPoints, Money, MoneyError, Party, local_date};

/// How somebody cancels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CancelRequest {
    /// Why, in their own words.
    pub reason: Option<String>,
    /// An operator's decision on how much comes back; all of it when absent.
    pub granted: Option<BasisPoints>,
}

impl Booking {
    /// What would come back if this side cancelled now.
    ///
    /// # Errors
    /// [`MoveError`].
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

    /// What comes back to a guest from an instant on.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn refund_curve(&self, from: DateTime<Utc>) -> Result<Vec<CurveStep>, MoneyError> {
        CurveStep::curve(
            self.policy,
            &self.price,
            &self.deadlines(),
            &self.terms,
            from,
        )
    }

    /// Somebody calls it off. What was captured comes back as far as the policy, or the operator, says; the
    /// nights not stayed are free again, but a host's own cancellation leaves them blocked.
    ///
    /// # Errors
    /// [`MoveError`].
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

    /// Whether its two sides may review each other: a completed stay, or one cancelled on or after the check-in
    /// day.
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

    /// Whether it is paid and not over.
    const fn is_certain(&self) -> bool {
        matches!(self.record.status, Status::Confirmed | Status::CheckedIn)
    }
}
