//! Limits on holds that are not paid: an account cannot empty calendars by holding nights again and again.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::booking::Booking;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::shared::id::PropertyId;
use crate::shared::local_time::saturating_add;
use crate::shared::marketplace_terms::MarketplaceTerms;
use crate::shared::stay::Stay;

/// Time by which a timeout may be processed late.
const LATE_TIMEOUTS: TimeDelta = TimeDelta::minutes(5);

/// A limit on unpaid holds that a new one would exceed; each holds the instant (UTC) from which it no longer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

/// Earliest creation of a booking that counts for [`check_hold_limits`].
#[must_use]
pub fn recent_holds_begin(terms: &MarketplaceTerms, now: DateTime<Utc>) -> DateTime<Utc> {
    let minutes = i64::from(terms.hold_minutes) + i64::from(terms.released_nights_minutes);
    saturating_add(now, -(TimeDelta::minutes(minutes) + LATE_TIMEOUTS))
}

/// Checks whether an account may hold a stay, given its bookings as a guest since [`recent_holds_begin`] in any status.
///
/// # Errors
/// The [`HoldLimit`] that the hold would exceed.
pub fn check_hold_limits(
    recent: &[Booking],
    property: PropertyId,
    stay: Stay,
    terms: &MarketplaceTerms,
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
    if open.len() as u64 >= u64::from(terms.max_open_holds) {
        let first = open.iter().map(|&(_, end)| end).min().unwrap_or(now);
        return Err(HoldLimit::TooMany(first));
    }
    let pause = TimeDelta::minutes(terms.released_nights_minutes.into());
    let released = recent
        .iter()
        .filter(|booking| booking.property_id == property && share_a_night(booking.stay, stay))
        .filter_map(released_at)
        .map(|at| saturating_add(at, pause))
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
