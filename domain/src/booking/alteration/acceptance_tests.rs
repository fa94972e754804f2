//! Alterations that an instant property accepts by itself, and what cancelling leaves.

use rstest::rstest;
use uuid::Uuid;

use crate::booking::alteration::acceptance::AcceptedBy;
use crate::booking::alteration::alteration::NewAlteration;
use crate::booking::alteration::booked_stays::{booked, held};
use crate::booking::booking::Booking;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::pricing::altered_price::AlteredPrice;
use crate::booking::pricing::price::{LineKind, RatePlan};
use crate::booking::pricing::pricing_tests::bps;
use crate::fixtures::{at, cabin, guests, open_calendar, stay, stored, usd};
use crate::property::details::PropertyDetails;
use crate::property::enums::{BookingMode, CancellationPolicy};
use crate::property::pricing::DayDiscount;
use crate::property::property::Property;
use crate::shared::booking_role::BookingRole;
use crate::shared::guests::Guests;
use crate::shared::id::AlterationId;

const TEN_NIGHTS: &str = "2026-07-10/2026-07-20";
const AN_HOUR_BEFORE: &str = "2026-07-10T18:00:00Z";

fn policy(policy: CancellationPolicy) -> Property {
    cabin(|details| details.cancellation_policy = policy)
}

fn altered_price(
    booking: &Booking,
    property: &Property,
    dates: &str,
    party: Guests,
) -> AlteredPrice {
    booking
        .altered_price(property, &open_calendar(), stay(dates), party)
        .unwrap()
}

fn accepted_by(booking: &Booking, property: &Property, dates: &str, now: &str) -> AcceptedBy {
    let price = altered_price(booking, property, dates, booking.guests);
    booking
        .alteration_accepted_by(BookingRole::Guest, BookingMode::Instant, &price, at(now))
        .unwrap()
}

fn proposed(booking: &Booking, property: &Property, dates: &str, now: &str) -> Booking {
    let new = NewAlteration {
        id: AlterationId::new(Uuid::from_u128(5)),
        price: altered_price(booking, property, dates, booking.guests),
        payment_method: None,
    };
    stored(booking.alter(BookingRole::Guest, new, at(now)).unwrap())
}

/// The booking after an alteration that the host accepted.
fn altered(booking: &Booking, property: &Property, dates: &str, now: &str) -> Booking {
    let proposed = proposed(booking, property, dates, now);
    stored(
        proposed
            .accept_covered_alteration(BookingRole::Host, at(now))
            .unwrap(),
    )
}

fn refund(booking: &Booking, now: &str) -> i64 {
    let refund = booking.refund(BookingRole::Guest, None, at(now)).unwrap();
    refund.refund.amount()
}

#[test]
fn shortening_a_non_refundable_stay_waits_for_the_host() {
    let property = cabin(|details| {
        details
            .pricing
            .as_mut()
            .unwrap()
            .non_refundable_discount_bps = Some(bps(1_000));
    });
    let booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::NonRefundable,
        "2026-07-01T12:00:00Z",
    );
    assert_eq!(booking.price.total, usd(1_027_80));
    assert_eq!(refund(&booking, AN_HOUR_BEFORE), 0);
    let one_night = "2026-07-10/2026-07-11";
    assert_eq!(
        accepted_by(&booking, &property, one_night, AN_HOUR_BEFORE),
        AcceptedBy::Host
    );
    let asked = proposed(&booking, &property, one_night, AN_HOUR_BEFORE);
    let alteration = asked.alteration.as_ref().unwrap();
    assert_eq!(alteration.price.total, usd(102_78));
    assert_eq!(alteration.refund(&asked.price), Ok(usd(925_02)));
    let agreed = altered(&booking, &property, one_night, AN_HOUR_BEFORE);
    assert_eq!(agreed.policy, RefundPolicy::NonRefundable);
    assert_eq!(refund(&agreed, AN_HOUR_BEFORE), 0);
}

#[test]
fn shortening_a_strict_stay_that_has_begun_waits_for_the_host() {
    let property = policy(CancellationPolicy::Strict);
    let booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-07-01T12:00:00Z",
    );
    let day_two = "2026-07-11T16:00:00Z";
    assert_eq!(
        (booking.price.total, refund(&booking, day_two)),
        (usd(1_142_00), 0)
    );
    let two_nights = "2026-07-10/2026-07-12";
    assert_eq!(
        accepted_by(&booking, &property, two_nights, day_two),
        AcceptedBy::Host
    );
    let asked = proposed(&booking, &property, two_nights, day_two);
    let alteration = asked.alteration.as_ref().unwrap();
    assert_eq!(alteration.refund(&asked.price), Ok(usd(913_60)));
}

#[rstest]
#[case(CancellationPolicy::Firm)]
#[case(CancellationPolicy::Limited)]
fn moving_a_stay_out_of_its_deadlines_waits_for_the_host(#[case] kind: CancellationPolicy) {
    let property = policy(kind);
    let booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-06-01T12:00:00Z",
    );
    let moved = "2026-09-10/2026-09-20";
    assert_eq!(refund(&booking, AN_HOUR_BEFORE), 0);
    assert_eq!(
        accepted_by(&booking, &property, moved, AN_HOUR_BEFORE),
        AcceptedBy::Host
    );
    // With the host's consent, deadlines are measured to the check-in in force.
    let agreed = altered(&booking, &property, moved, AN_HOUR_BEFORE);
    assert_eq!(refund(&agreed, AN_HOUR_BEFORE), 1_142_00);
}

#[test]
fn grace_belongs_to_the_first_confirmation_and_its_check_in() {
    let property = policy(CancellationPolicy::Strict);
    let confirmed = "2026-07-05T20:00:00Z";
    let booking = booked(&property, TEN_NIGHTS, RatePlan::Standard, confirmed);
    let august = "2026-08-10/2026-08-20";
    assert_eq!(refund(&booking, confirmed), 0);
    assert_eq!(
        accepted_by(&booking, &property, august, confirmed),
        AcceptedBy::Host
    );
    let agreed = altered(&booking, &property, august, confirmed);
    // Half, as of any strict stay seven days or more ahead, and not everything.
    assert_eq!(refund(&agreed, confirmed), 500_00);
}

/// Grace that was earned stays after an alteration, until the check-in in force at the latest.
#[test]
fn grace_is_kept_by_an_alteration_and_ends_at_the_check_in() {
    let property = policy(CancellationPolicy::Strict);
    let booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-07-02T18:00:00Z",
    );
    let sooner = "2026-07-03/2026-07-13";
    let now = "2026-07-02T18:30:00Z";
    assert_eq!(
        accepted_by(&booking, &property, sooner, now),
        AcceptedBy::Instant
    );
    let agreed = altered(&booking, &property, sooner, now);
    assert_eq!(refund(&agreed, "2026-07-03T18:00:00Z"), 1_142_00);
    assert_eq!(refund(&agreed, "2026-07-03T18:00:01Z"), 0);
    let tonight = altered(&agreed, &property, "2026-07-02/2026-07-12", now);
    assert_eq!(refund(&tonight, "2026-07-02T19:00:00Z"), 1_142_00);
    assert_eq!(refund(&tonight, "2026-07-02T19:00:01Z"), 0);
}

#[test]
fn the_policy_in_force_is_the_one_for_the_nights_of_the_stay() {
    let property = cabin(|_| {});
    let nights_27 = "2026-07-10/2026-08-06";
    let (booked_at, now) = ("2026-03-01T17:00:00Z", "2026-03-01T17:05:00Z");
    let hold = held(&property, nights_27, RatePlan::Standard, booked_at);
    assert_eq!(hold.policy, RefundPolicy::Flexible);
    let nights_90 = proposed(&hold, &property, "2026-07-10/2026-10-08", now);
    assert_eq!(
        (nights_90.stay.nights(), nights_90.policy),
        (90, RefundPolicy::LongTermFirm)
    );
    let nights_28 = booked(
        &property,
        "2026-07-10/2026-08-07",
        RatePlan::Standard,
        booked_at,
    );
    assert_eq!(nights_28.policy, RefundPolicy::LongTermFirm);
    let five = altered(&nights_28, &property, "2026-07-10/2026-07-15", now);
    assert_eq!(
        (five.stay.nights(), five.policy),
        (5, RefundPolicy::Flexible)
    );
}

/// Discounts by lead time that were granted, or not, when the stay was booked.
#[rstest]
#[case(None, Some((7, 3_000)), 1_142_00)]
#[case(Some((60, 2_000)), None, 913_60)]
#[case(Some((60, 2_000)), Some((7, 3_000)), 913_60)]
fn an_infant_changes_no_price(
    #[case] early: Option<(u32, u32)>,
    #[case] late: Option<(u32, u32)>,
    #[case] total: i64,
) {
    let discount = |(days_ahead, share)| DayDiscount {
        days_ahead,
        discount_bps: bps(share),
    };
    let property = cabin(|details| {
        let pricing = details.pricing.as_mut().unwrap();
        (pricing.early_bird, pricing.last_minute) = (early.map(discount), late.map(discount));
    });
    let booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-03-01T17:00:00Z",
    );
    assert_eq!(booking.price.total, usd(total));
    let party = Guests::try_new(2, 0, 1, 0).unwrap();
    let price = altered_price(&booking, &property, TEN_NIGHTS, party);
    assert_eq!(*price, booking.price);
    let (by, mode) = (BookingRole::Guest, BookingMode::Instant);
    let five_days_ahead = at("2026-07-05T19:00:00Z");
    assert_eq!(
        booking.alteration_accepted_by(by, mode, &price, five_days_ahead),
        Ok(AcceptedBy::Instant)
    );
}

#[rstest]
#[case(BookingRole::Host, BookingMode::Instant, AcceptedBy::Guest)]
#[case(BookingRole::Host, BookingMode::Request, AcceptedBy::Guest)]
#[case(BookingRole::Guest, BookingMode::Request, AcceptedBy::Host)]
#[case(BookingRole::Guest, BookingMode::Instant, AcceptedBy::Instant)]
fn the_other_side_accepts(
    #[case] by: BookingRole,
    #[case] mode: BookingMode,
    #[case] expected: AcceptedBy,
) {
    let property = cabin(|_| {});
    let hold = held(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-03-01T17:00:00Z",
    );
    let longer = "2026-07-10/2026-07-21";
    let price = altered_price(&hold, &property, longer, guests(2));
    let now = at("2026-03-01T17:05:00Z");
    let unpaid = hold.alteration_accepted_by(by, mode, &price, now);
    assert_eq!(unpaid, Ok(AcceptedBy::Instant));
    let booking = stored(hold.record_capture("ABCDEFGHJK".into(), now).unwrap());
    assert_eq!(
        booking.alteration_accepted_by(by, mode, &price, now),
        Ok(expected)
    );
}

/// Outside the time of a full refund, an addition is accepted when the host loses nothing by it.
#[rstest]
#[case("2026-07-10/2026-07-21", AcceptedBy::Instant)] // a night more
#[case("2026-07-09/2026-07-20", AcceptedBy::Instant)] // a night earlier
#[case("2026-07-11/2026-07-22", AcceptedBy::Host)] // drops a night
#[case("2026-07-10/2026-07-19", AcceptedBy::Host)]
#[case("2026-07-10/2026-08-07", AcceptedBy::Host)] // 28 nights: another policy refunds more
fn additions_that_cost_the_host_nothing_are_accepted(
    #[case] dates: &str,
    #[case] expected: AcceptedBy,
) {
    let property = cabin(|details: &mut PropertyDetails| {
        details.cancellation_policy = CancellationPolicy::Strict;
        details.pricing.as_mut().unwrap().cleaning_fee = Some(usd(2_000_00));
    });
    let booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-03-01T17:00:00Z",
    );
    let now = "2026-05-01T12:00:00Z";
    assert_eq!(accepted_by(&booking, &property, dates, now), expected);
}

#[test]
fn a_longer_stay_whose_discount_lowers_the_payout_waits_for_the_host() {
    let property = cabin(|details| {
        details.cancellation_policy = CancellationPolicy::Strict;
        details.pricing.as_mut().unwrap().weekly_discount_bps = bps(5_000);
    });
    let six = "2026-07-10/2026-07-16";
    let booking = booked(&property, six, RatePlan::Standard, "2026-03-01T17:00:00Z");
    let price = altered_price(&booking, &property, "2026-07-10/2026-07-17", guests(2));
    assert_eq!(price.host_payout, usd(339_50));
    assert!(
        price
            .lines
            .iter()
            .any(|it| it.kind == LineKind::LengthOfStayDiscount)
    );
    assert_eq!(
        accepted_by(
            &booking,
            &property,
            "2026-07-10/2026-07-17",
            "2026-05-01T12:00:00Z"
        ),
        AcceptedBy::Host
    );
}

#[test]
fn at_most_ten_alterations_are_applied() {
    let property = cabin(|_| {});
    let mut booking = booked(
        &property,
        TEN_NIGHTS,
        RatePlan::Standard,
        "2026-03-01T17:00:00Z",
    );
    let now = "2026-05-01T12:00:00Z";
    for number in 0..10 {
        assert_eq!(booking.alterations, number);
        let longer = booking.stay == stay(TEN_NIGHTS);
        let dates = if longer {
            "2026-07-10/2026-07-21"
        } else {
            TEN_NIGHTS
        };
        booking = altered(&booking, &property, dates, now);
    }
    assert_eq!(
        (booking.alterations, booking.price.total),
        (10, usd(1_142_00))
    );
    let new = NewAlteration {
        id: AlterationId::new(Uuid::from_u128(5)),
        price: altered_price(&booking, &property, "2026-07-10/2026-07-21", booking.guests),
        payment_method: None,
    };
    assert_eq!(
        booking.alter(BookingRole::Host, new, at(now)),
        Err(TransitionError::TooManyAlterations { limit: 10 })
    );
}
