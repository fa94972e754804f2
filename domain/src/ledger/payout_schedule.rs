//! Payout schedule.

use chrono::{Months, NaiveDate, TimeDelta};

use crate::booking::booking::Booking;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::payment::payout::Instalment;
use crate::shared::local_time::saturating_add;
use crate::shared::money::{Money, MoneyError};

/// Schedules the part of `host_total` that exceeds `sent`; empty when nothing is left.
///
/// A stay below [`RefundPolicy::LONG_STAY_NIGHTS`] is paid at once, [`payout_hours`] after its
/// check-in time. A longer one is paid in monthly instalments, each due as many hours after the
/// check-in time of its month's first day, in proportion to the prices of the month's nights.
/// Amounts that the host does not get, because of a cancellation or a refund, are deducted from the
/// last instalments.
///
/// [`payout_hours`]: crate::shared::MarketplaceTerms::payout_hours
///
/// # Errors
/// [`MoneyError`] when the amounts cannot be combined.
pub fn payout_schedule(
    booking: &Booking,
    host_total: Money,
    sent: Money,
) -> Result<Vec<Instalment>, MoneyError> {
    let months = months(booking);
    let agreed = shares(booking, &months)?;
    let (mut sent, mut total) = (sent.amount(), host_total.amount());
    let mut plan = Vec::with_capacity(months.len());
    for (month, (begins, share)) in months.iter().zip(agreed).enumerate() {
        let last = month + 1 == months.len();
        let share = if last {
            total
        } else {
            share.amount().min(total)
        };
        total -= share;
        let left = share - sent.clamp(0, share.max(0));
        sent -= share - left;
        if left > 0 {
            let check_in = booking.deadlines().check_in_time(*begins);
            let due_at = saturating_add(
                check_in,
                TimeDelta::hours(booking.terms.payout_hours.into()),
            );
            plan.push(Instalment {
                due_at,
                amount: Money::new(left, host_total.currency()),
            });
        }
    }
    Ok(plan)
}

/// First days of the months of a stay; only the check-in day for a short one.
fn months(booking: &Booking) -> Vec<NaiveDate> {
    let (check_in, check_out) = (booking.stay.check_in(), booking.stay.check_out());
    let long = booking.stay.nights() >= RefundPolicy::LONG_STAY_NIGHTS;
    let later = (1..).map_while(|month| check_in.checked_add_months(Months::new(month)));
    let later = later.take_while(|&day| long && day < check_out);
    std::iter::once(check_in).chain(later).collect()
}

/// The agreed payout, split over the months by the prices of their nights.
fn shares(booking: &Booking, months: &[NaiveDate]) -> Result<Vec<Money>, MoneyError> {
    let mut weights = vec![0_i64; months.len()];
    for night in &booking.price.nights {
        let month = months
            .partition_point(|&begins| begins <= night.night)
            .saturating_sub(1);
        weights[month] = weights[month].saturating_add(night.amount.amount());
    }
    let payout = booking.price.host_payout;
    payout
        .split(&weights)
        .or_else(|_| payout.split(&vec![1; months.len()]))
}
