//! What people do to a booking, and what its payment does.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Booking, BookingChange, Cancellation, Command, Confirmation, CurveStep, NightsChange, Refund, Status,
    host_cancellation_fee,
};
use crate::payment::Payment;
use crate::shared::{BasisPoints, Money, MoneyError, Party, local_date};

/// Why a booking cannot be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// This party may never do it.
    #[error("this side of a booking may not do this")]
    NotAllowed,
    /// Not in the state it is in.
    #[error("a booking that is {status} cannot do this")]
    WrongState {
        /// Where it is.
        status: Status,
        /// What was asked.
        command: Command,
    },
    /// Not yet.
    #[error("not before {from}")]
    TooEarly {
        /// From this instant on.
        from: DateTime<Utc>,
    },
    /// Not any more.
    #[error("not after {until}")]
    TooLate {
        /// Until this instant.
        until: DateTime<Utc>,
    },
    /// The property cannot be booked.
    #[error("the property cannot be booked")]
    NotBookable,
    /// Amounts do not fit together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// How somebody cancels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CancelRequest {
    /// Why, in their own words.
    pub reason: Option<String>,
    /// An operator's decision on how much comes back; all of it when absent.
    pub granted: Option<BasisPoints>,
}

impl Booking {
    /// A payment was begun for it: it is known by its id from now on.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] unless payment is awaited and its hold is good.
    pub fn begin_payment(mut self, payment: Payment, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let open = self.hold_expires_at().is_some_and(|end| now <= end);
        if !open {
            return Err(MoveError::WrongState { status: self.status, command: Command::Capture });
        }
        self.0.payment_id = Some(payment.id);
        self.0.updated_at = now;
        self.0.version += 1;
        Ok(BookingChange {
            booking: self,
            nights: NightsChange::Keep,
            payment: Some(payment),
            notices: Vec::new(),
        })
    }

    /// Its payment was captured: it is confirmed, and its nights are booked.
    ///
    /// # Errors
    /// [`MoveError::WrongState`] when its hold is over: the capture is to be refunded.
    pub fn captured(self, code: String, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let mut booking = self.step(Command::Capture, Party::System, None, now)?;
        booking.0.confirmation = Some(Confirmation { at: now, code });
        Ok(BookingChange::of(booking, NightsChange::Book))
    }

    /// Its payment was authorised: the host is asked.
    ///
    /// # Errors
    /// [`MoveError::WrongState`].
    pub fn authorized(self, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let mut booking = self.step(Command::Authorize, Party::System, None, now)?;
        booking.0.requested_at = Some(now);
        Ok(BookingChange::of(booking, NightsChange::Keep))
    }

    /// The guests arrive, from the check-in time on.
    ///
    /// # Errors
    /// [`MoveError`].
    pub fn check_in(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let from = self.deadlines().check_in();
        let booking = self.step(Command::CheckIn, by, None, now)?;
        if now < from {
            return Err(MoveError::TooEarly { from });
        }
        Ok(BookingChange::of(booking, NightsChange::Keep))
    }

    /// The guests leave. Nights that nobody sleeps any more are free again.
    ///
    /// # Errors
    /// [`MoveError`].
    pub fn check_out(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let today = local_date(self.zone, now);
        let early = today < self.stay.check_out();
        let booking = self.step(Command::CheckOut, by, None, now)?;
        let nights = if early { NightsChange::Release(today) } else { NightsChange::Keep };
        Ok(BookingChange::of(booking, nights))
    }

    /// The guests never came: from 24 hours after the check-in time until the stay ends. Nothing comes back.
    ///
    /// # Errors
    /// [`MoveError`].
    pub fn no_show(self, by: Party, now: DateTime<Utc>) -> Result<BookingChange, MoveError> {
        let (from, until) = (self.deadlines().check_in() + TimeDelta::hours(24), self.ends_at());
        let today = local_date(self.zone, now);
        let booking = self.step(Command::MarkNoShow, by, None, now)?;
        if now < from {
            return Err(MoveError::TooEarly { from });
        }
        if now > until {
            return Err(MoveError::TooLate { until });
        }
        Ok(BookingChange::of(booking, NightsChange::Release(today)))
    }

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
        let certain = matches!(self.status, Status::Confirmed | Status::CheckedIn);
        match by {
            Party::Guest if certain => {
                Ok(Refund::by_guest(self.policy, &self.price, &self.deadlines(), &self.terms, now)?)
            }
            Party::Admin if certain => {
                Ok(Refund::granted(&self.price, granted.unwrap_or(BasisPoints::WHOLE))?)
            }
            _ => Ok(Refund::full(&self.price)?),
        }
    }

    /// What comes back to a guest from an instant on.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn refund_curve(&self, from: DateTime<Utc>) -> Result<Vec<CurveStep>, MoneyError> {
        CurveStep::curve(self.policy, &self.price, &self.deadlines(), &self.terms, from)
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
        let certain = matches!(self.status, Status::Confirmed | Status::CheckedIn);
        let refund = self.refund(by, request.granted, now)?;
        let times = self.deadlines();
        let stayed = if certain { times.nights_stayed(now) } else { 0 };
        let first_left = self.stay.day(stayed).unwrap_or(self.stay.check_out());
        let host_fee =
            (by == Party::Host && certain).then(|| host_cancellation_fee(&self.price, &times, now));
        let host_fee: Option<Money> = host_fee.transpose()?;
        let mut booking = self.step(Command::Cancel, by, request.reason.clone(), now)?;
        booking.0.cancellation = Some(Cancellation { by, at: now, reason: request.reason, refund, host_fee });
        let blocks = by == Party::Host && certain;
        let nights = if blocks { NightsChange::Block(first_left) } else { NightsChange::Release(first_left) };
        Ok(BookingChange::of(booking, nights))
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
                    && self.cancellation.as_ref().is_some_and(|cancellation| late(cancellation.at))
            }
            _ => false,
        }
    }
}
