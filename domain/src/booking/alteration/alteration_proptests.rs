//! No alteration that the host did not consent to leaves the host less than a cancellation.

use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;

use crate::booking::alteration::acceptance::AcceptedBy;
use crate::booking::alteration::booked_stays::booked;
use crate::booking::booking::Booking;
use crate::booking::pricing::price::{Price, RatePlan};
use crate::booking::pricing::pricing_proptests::any_pricing;
use crate::fixtures::{at, cabin, open_calendar};
use crate::property::enums::{BookingMode, CancellationPolicy, LongStayPolicy};
use crate::property::property::Property;
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::stay::Stay;

const BOOKED: &str = "2026-06-01T12:00:00Z";

#[derive(Debug, Clone, Copy)]
struct Request {
    /// Hours since the last event.
    after: i64,
    earlier: i64,
    later: i64,
    party: Guests,
}

fn any_property() -> impl Strategy<Value = Property> {
    let policies = (
        prop::sample::select(CancellationPolicy::ALL),
        prop::sample::select(LongStayPolicy::ALL),
    );
    (any_pricing(), policies).prop_map(|(mut pricing, (short, long))| {
        pricing.non_refundable_discount_bps = pricing
            .non_refundable_discount_bps
            .or(Some(pricing.weekly_discount_bps));
        cabin(|details| {
            details.pricing = Some(pricing);
            (details.cancellation_policy, details.long_stay_policy) = (short, long);
        })
    })
}

fn any_party() -> impl Strategy<Value = Guests> {
    (1_u32..5, 0_u32..3, 0_u32..3, 0_u32..2).prop_map(|(adults, children, infants, pets)| {
        Guests::try_new(adults, children, infants, pets).unwrap()
    })
}

fn any_request() -> impl Strategy<Value = Request> {
    (0_i64..24 * 30, -12_i64..12, -12_i64..20, any_party()).prop_map(
        |(after, earlier, later, party)| Request {
            after,
            earlier,
            later,
            party,
        },
    )
}

fn any_booking() -> impl Strategy<Value = (Property, Booking)> {
    let rate = prop::sample::select(RatePlan::ALL);
    (any_property(), rate, 1_u64..60, 1_u64..40).prop_map(|(property, rate, ahead, nights)| {
        let first = at(BOOKED).date_naive() + Days::new(ahead);
        let dates = format!("{first}/{}", first + Days::new(nights));
        let booking = booked(&property, &dates, rate, BOOKED);
        (property, booking)
    })
}

/// Sum of the host's lines that the guest would not get by cancelling, in minor units.
fn left_to_host(booking: &Booking, now: DateTime<Utc>) -> i64 {
    let refund = booking.refund(BookingRole::Guest, None, now).unwrap();
    let lines = refund.lines.iter().filter(|line| line.kind.is_host_line());
    lines
        .map(|line| line.paid.amount() - line.refunded.amount())
        .sum()
}

/// The booking after an alteration that the property accepted by itself.
fn accepted(booking: &Booking, stay: Stay, price: &Price, party: Guests) -> Booking {
    let mut altered = booking.clone();
    altered.agree_on(stay, party, price.clone());
    altered
}

fn shifted(stay: Stay, request: Request) -> Option<Stay> {
    let move_by = |date: chrono::NaiveDate, days| date.checked_add_signed(TimeDelta::days(days));
    let from = move_by(stay.check_in(), request.earlier)?;
    Stay::try_new(from, move_by(stay.check_out(), request.later)?).ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn instant_alterations_leave_the_host_no_less_than_a_cancellation(
        (property, first) in any_booking(),
        requests in prop::collection::vec(any_request(), 1..4),
        wait in 0_i64..24 * 90,
    ) {
        let (mut booking, mut now, mut floor) = (first, at(BOOKED), None);
        for request in requests {
            now += TimeDelta::hours(request.after);
            let Some(stay) = shifted(booking.stay, request) else { continue };
            let arrival = booking.deadlines().check_in();
            if now >= arrival && (stay.check_in(), request.party) != (booking.stay.check_in(), booking.guests) {
                continue;
            }
            let calendar = open_calendar();
            let price = booking.altered_price(&property, &calendar, stay, request.party).unwrap();
            let by = booking
                .alteration_accepted_by(BookingRole::Guest, BookingMode::Instant, &price, now)
                .unwrap();
            if by != AcceptedBy::Instant {
                continue;
            }
            // The first alteration decides what a cancellation would have left at that time.
            floor.get_or_insert(left_to_host(&booking, now));
            booking = accepted(&booking, stay, &price, request.party);
        }
        if let Some(floor) = floor {
            for instant in [now, now + TimeDelta::hours(wait)] {
                prop_assert!(left_to_host(&booking, instant) >= floor, "{:?} {}", booking.policy, instant);
            }
        }
    }

    #[test]
    fn an_alteration_there_and_back_restores_the_price(
        (property, booking) in any_booking(),
        request in any_request(),
    ) {
        let Some(stay) = shifted(booking.stay, request) else { return Ok(()) };
        let calendar = open_calendar();
        let there = booking.altered_price(&property, &calendar, stay, request.party).unwrap();
        let lines = there.lines.iter().map(|line| line.amount.amount()).sum::<i64>();
        prop_assert_eq!(there.total.amount(), lines);
        prop_assert_eq!(there.nights.len(), stay.nights() as usize);
        let altered = accepted(&booking, stay, &there, request.party);
        let back = altered.altered_price(&property, &calendar, booking.stay, booking.guests).unwrap();
        prop_assert_eq!(&*back, &booking.price);
        let unchanged = booking.altered_price(&property, &calendar, booking.stay, booking.guests);
        prop_assert_eq!(&*unchanged.unwrap(), &booking.price);
    }
}
