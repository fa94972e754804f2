//! Conditions of bookings that kept none.

use chrono::Days;
use proptest::prelude::*;

use crate::booking::alteration::booked_stays::booked;
use crate::booking::booking::Booking;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::pricing::conditions::{BookingConditions, PresentConditions};
use crate::booking::pricing::price::{LineKind, RatePlan};
use crate::booking::pricing::pricing_proptests::any_pricing;
use crate::booking::pricing::pricing_tests::{bps, priced};
use crate::fixtures::{at, cabin, open_calendar, stay, usd};
use crate::property::enums::{CancellationPolicy, LongStayPolicy};
use crate::property::pricing::{DayDiscount, NightsDiscount};

const BOOKED: &str = "2026-06-01T12:00:00Z";

fn derived(booking: &Booking, present: &PresentConditions) -> BookingConditions {
    BookingConditions::derive(
        &booking.price,
        booking.stay,
        booking.guests,
        booking.policy,
        present,
    )
}

#[test]
fn shares_and_fees_are_read_from_the_lines() {
    let property = priced(|pricing| {
        pricing.cleaning_fee = Some(usd(40_00));
        pricing.early_bird = Some(DayDiscount {
            days_ahead: 30,
            discount_bps: bps(1_250),
        });
        pricing.non_refundable_discount_bps = Some(bps(700));
        pricing.length_of_stay_discounts = vec![NightsDiscount {
            nights: 3,
            discount_bps: bps(333),
        }];
    });
    let dates = "2026-07-10/2026-07-14";
    let booking = booked(&property, dates, RatePlan::NonRefundable, BOOKED);
    let found = derived(&booking, &PresentConditions::default());
    let lead_time = found.lead_time.unwrap();
    assert_eq!(
        (lead_time.kind, lead_time.bps),
        (LineKind::EarlyBirdDiscount, bps(1_250))
    );
    assert_eq!(found.non_refundable_bps, bps(700));
    assert_eq!(found.pricing.cleaning_fee, Some(usd(40_00)));
    let tier = found.pricing.length_of_stay_discounts[0];
    assert_eq!((tier.nights, tier.discount_bps), (3, bps(333)));
    let policies = (found.short_stay_policy, found.long_stay_policy);
    assert_eq!(
        policies,
        (RefundPolicy::NonRefundable, RefundPolicy::NonRefundable)
    );
}

#[test]
fn the_policy_for_other_lengths_is_the_present_one() {
    let property = cabin(|details| details.cancellation_policy = CancellationPolicy::Strict);
    let booking = booked(
        &property,
        "2026-07-10/2026-07-14",
        RatePlan::Standard,
        BOOKED,
    );
    let present = PresentConditions {
        pricing: None,
        cancellation_policy: Some(CancellationPolicy::Flexible),
        long_stay_policy: Some(LongStayPolicy::Strict),
    };
    let found = derived(&booking, &present);
    assert_eq!(
        (found.short_stay_policy, found.long_stay_policy),
        (RefundPolicy::Strict, RefundPolicy::LongTermStrict)
    );
    let long = booked(
        &property,
        "2026-07-10/2026-08-10",
        RatePlan::Standard,
        BOOKED,
    );
    let found = derived(&long, &present);
    assert_eq!(
        (found.short_stay_policy, found.long_stay_policy),
        (RefundPolicy::Flexible, RefundPolicy::LongTermFirm)
    );
    assert_eq!(
        found.policy_for(stay("2026-07-10/2026-07-11")),
        RefundPolicy::Flexible
    );
}

proptest! {
    #[test]
    fn an_unchanged_stay_has_its_agreed_price(
        (pricing, other) in (any_pricing(), prop::option::of(any_pricing())),
        rate in prop::sample::select(RatePlan::ALL),
        (ahead, nights) in (0_u64..90, 1_u64..45),
    ) {
        let mut pricing = pricing;
        pricing.non_refundable_discount_bps.get_or_insert(bps(100));
        let property = cabin(|details| details.pricing = Some(pricing));
        let first = at(BOOKED).date_naive() + Days::new(ahead);
        let dates = format!("{first}/{}", first + Days::new(nights));
        let booking = booked(&property, &dates, rate, BOOKED);
        let present = PresentConditions { pricing: other, ..PresentConditions::default() };
        let mut record = booking.clone().into_record();
        record.conditions = derived(&booking, &present);
        let price = Booking::restore(record).unwrap()
            .altered_price(&property, &open_calendar(), booking.stay, booking.guests)
            .unwrap();
        prop_assert_eq!(price.total, booking.price.total);
        prop_assert_eq!(price.host_payout, booking.price.host_payout);
        prop_assert_eq!(&price.nights, &booking.price.nights);
    }
}
