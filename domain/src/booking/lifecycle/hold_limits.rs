//! Limits on holds that are not paid: an account cannot empty calendars by holding nights again and again.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::booking::Booking;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::shared::id::PropertyId;
use crate::shared::local_time::saturating_add;
use crate::shared::stay::Stay;

/// Maximum number of open unpaid holds of an account.
pub const MAX_OPEN_HOLDS: usize = 5;

/// Time in which an account cannot hold nights again that it let go unpaid.
pub const RELEASED_NIGHTS_PAUSE: TimeDelta = TimeDelta::minutes(10);

/// A limit on unpaid holds that a new one would exceed; each holds the instant (UTC) from which it no longer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoldLimit {
    /// The account has as many open holds as are permitted.
    #[error("too many unpaid holds until {0}")]
    TooMany(DateTime<Utc>),
    /// The account has an open hold at the property.
    #[error("another unpaid hold at this property until {0}")]
    SameProperty(DateTime<Utc>),
    /// The account let some of these nights go a moment ago.
    #[error("the nights were let go unpaid and can be held again from {0}")]
    Released(DateTime<Utc>),
}

impl HoldLimit {
    /// The instant (UTC) from which the limit is no longer exceeded.
    #[must_use]
    pub const fn until(self) -> DateTime<Utc> {
        match self {
            Self::TooMany(until) | Self::SameProperty(until) | Self::Released(until) => until,
        }
    }
}

/// Checks whether an account may hold a stay, given its recent bookings as a guest in any status.
///
/// # Errors
/// The [`HoldLimit`] that the hold would exceed.
pub fn check_hold_limits(
    recent: &[Booking],
    property: PropertyId,
    stay: Stay,
    now: DateTime<Utc>,
) -> Result<(), HoldLimit> {
    let open: Vec<(&Booking, DateTime<Utc>)> = recent
        .iter()
        .filter(|booking| booking.status == BookingStatus::PendingPayment)
        .map(|booking| (booking, hold_end(booking)))
        .filter(|&(_, end)| now < end)
        .collect();
    let same = open.iter().find(|(held, _)| held.property_id == property);
    if let Some(&(_, end)) = same {
        return Err(HoldLimit::SameProperty(end));
    }
    if open.len() >= MAX_OPEN_HOLDS {
        let first = open.iter().map(|&(_, end)| end).min().unwrap_or(now);
        return Err(HoldLimit::TooMany(first));
    }
    let released = recent
        .iter()
        .filter(|booking| booking.property_id == property && share_a_night(booking.stay, stay))
        .filter_map(released_at)
        .map(|at| at + RELEASED_NIGHTS_PAUSE)
        .filter(|&until| now < until)
        .max();
    released.map_or(Ok(()), |until| Err(HoldLimit::Released(until)))
}

/// End of the time in which a hold can be paid.
fn hold_end(booking: &Booking) -> DateTime<Utc> {
    saturating_add(
        booking.created_at,
        TimeDelta::minutes(booking.terms.hold_minutes.into()),
    )
}

/// Instant at which a booking was let go unpaid: cancelled, or expired.
fn released_at(booking: &Booking) -> Option<DateTime<Utc>> {
    match booking.status {
        BookingStatus::PendingPayment => Some(hold_end(booking)),
        BookingStatus::Cancelled | BookingStatus::Expired => {
            let last = booking.history.last()?;
            (last.from == Some(BookingStatus::PendingPayment)).then_some(last.at)
        }
        BookingStatus::AwaitingHost
        | BookingStatus::Confirmed
        | BookingStatus::CheckedIn
        | BookingStatus::Completed
        | BookingStatus::Declined
        | BookingStatus::NoShow => None,
    }
}

fn share_a_night(one: Stay, other: Stay) -> bool {
    one.check_in() < other.check_out() && other.check_in() < one.check_out()
}
