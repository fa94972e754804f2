//! Availability, rule by rule.

use rstest::rstest;

use crate::booking::availability::availability_error::{Unavailable, UnavailableReason};
use crate::booking::availability::check_availability::{check_availability, unavailable_reason};
use crate::fixtures::{BOOKING, at, cabin, calendar_with, guests, hold, open_calendar, stay};
use crate::property::calendar::{Calendar, ClaimKind, NightClaim, NightRules};
use crate::property::details::PropertyDetails;
use crate::property::enums::BookingMode;
use crate::shared::guests::Guests;
use crate::shared::stay::Stay;

const STAY: &str = "2026-07-10/2026-07-14";

fn asked(
    change: impl FnOnce(&mut PropertyDetails),
    calendar: &Calendar,
    stay: Stay,
    party: Guests,
) -> Vec<&'static str> {
    let found = check_availability(
        &cabin(change),
        calendar,
        stay,
        party,
        at("2026-03-01T17:00:00Z"),
    )
    .unwrap();
    found.iter().map(Unavailable::code).collect()
}

#[test]
fn every_violated_rule_is_reported_at_once() {
    let party = Guests::try_new(5, 1, 9, 2).unwrap();
    let closed = NightRules {
        closed_to_arrival: true,
        min_nights: Some(3),
        ..NightRules::default()
    };
    let leaving = NightRules {
        closed_to_departure: true,
        ..NightRules::default()
    };
    let day = |text: &str| text.parse().unwrap();
    let taken = NightClaim {
        night: day("2027-07-12"),
        kind: ClaimKind::Blocked,
        booking_id: None,
    };
    let calendar = calendar_with(
        [(day("2027-07-10"), closed), (day("2027-07-12"), leaving)],
        [taken],
    );
    let found = asked(
        |details| details.stay_rules.preparation_nights = 1,
        &calendar,
        stay("2027-07-10/2027-07-12"),
        party,
    );
    let expected = [
        "min_nights",
        "too_far",
        "closed_to_arrival",
        "closed_to_departure",
        "dates_unavailable",
        "too_many_guests",
        "too_many_pets",
    ];
    assert_eq!(found, expected);
}

#[rstest]
#[case("2026-02-28/2026-03-02", 0, &["past"])]
#[case("2026-03-01/2026-03-02", 0, &[])]
#[case("2026-03-01/2026-03-02", 3, &[])] // 15:00 is three hours ahead of noon
#[case("2026-03-01/2026-03-02", 4, &["too_soon"])]
#[case("2027-03-01/2027-03-02", 0, &[])]
#[case("2027-03-02/2027-03-03", 0, &["too_far"])]
fn check_in_lies_within_notice_and_window(
    #[case] dates: &str,
    #[case] notice: u32,
    #[case] expected: &[&str],
) {
    let change = |details: &mut PropertyDetails| details.stay_rules.advance_notice_hours = notice;
    // 17:00 UTC is noon in New York.
    assert_eq!(
        asked(change, &open_calendar(), stay(dates), guests(1)),
        expected
    );
}

#[test]
fn today_is_taken_in_the_time_zone_of_the_property() {
    let property = cabin(|details| details.time_zone = Some(chrono_tz::Pacific::Auckland));
    let now = at("2026-03-01T17:00:00Z"); // March 2 there
    let found = check_availability(
        &property,
        &open_calendar(),
        stay("2026-03-01/2026-03-02"),
        guests(1),
        now,
    )
    .unwrap();
    assert_eq!(found, [Unavailable::Past]);
    assert_eq!(
        unavailable_reason(
            &property,
            &open_calendar(),
            "2026-03-01".parse().unwrap(),
            now
        )
        .unwrap(),
        Some(UnavailableReason::Past)
    );
}

#[test]
fn own_claims_do_not_block_a_booking() {
    let claims = hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z"))
        .booking()
        .claims();
    let calendar = calendar_with([], claims);
    assert_eq!(
        asked(|_| {}, &calendar, stay(STAY), guests(1)),
        ["dates_unavailable"]
    );
    assert!(asked(|_| {}, &calendar.without(BOOKING), stay(STAY), guests(1)).is_empty());
}

#[rstest]
#[case(BookingMode::Request, "2026-07-10T18:59:59Z", true)]
#[case(BookingMode::Request, "2026-07-10T19:00:00Z", false)]
#[case(BookingMode::Request, "2026-07-11T03:59:59Z", false)]
#[case(BookingMode::Instant, "2026-07-11T03:59:59Z", true)]
fn no_request_is_made_for_today_after_the_check_in_time(
    #[case] mode: BookingMode,
    #[case] now: &str,
    #[case] bookable: bool,
) {
    // Check-in is at 15:00 in New York.
    let property = cabin(|details| details.booking_mode = mode);
    let calendar = open_calendar();
    let found = check_availability(&property, &calendar, stay(STAY), guests(2), at(now)).unwrap();
    let expected = if bookable {
        vec![]
    } else {
        vec![Unavailable::TooLate]
    };
    assert_eq!(found, expected);
    let night = stay(STAY).check_in();
    let reason = unavailable_reason(&property, &calendar, night, at(now)).unwrap();
    assert_eq!(reason, (!bookable).then_some(UnavailableReason::Past));
}
