//! Availability on both sides of every limit.

use chrono::NaiveDate;
use rstest::rstest;

use super::{NightReason, Refusal, effective_limits, night_reason, refusals};
use crate::fixtures::{BOOKING, at, cabin, guests, stay};
use crate::property::{
    Calendar, ClaimKind, NightClaim, NightRules, Property, PropertyDetails, PropertyRecord,
    PropertyStatus,
};
use crate::shared::{Guests, Stay};

const NOW: &str = "2026-03-01T17:00:00Z"; // noon in New York

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn codes(found: &[Refusal]) -> Vec<&'static str> {
    found.iter().map(Refusal::code).collect()
}

/// Codes of the rules that a stay of two adults violates.
fn asked(property: &Property, calendar: &Calendar, dates: &str) -> Vec<&'static str> {
    codes(&refusals(
        property,
        calendar,
        stay(dates),
        guests(2),
        at(NOW),
    ))
}

fn on(night: &str, rules: NightRules) -> Calendar {
    Calendar::new([(date(night), rules)], [])
}

fn taken(night: &str) -> Calendar {
    Calendar::new(
        [],
        [NightClaim {
            night: date(night),
            kind: ClaimKind::Blocked,
            booking_id: None,
        }],
    )
}

#[rstest]
#[case("2026-07-01/2026-07-03", &["min_nights"])] // 2 nights
#[case("2026-07-01/2026-07-04", &[])]
#[case("2026-07-01/2026-07-05", &[])]
#[case("2026-07-01/2026-07-06", &[])]
#[case("2026-07-01/2026-07-07", &["max_nights"])] // 6 nights
fn a_stay_is_neither_too_short_nor_too_long(#[case] dates: &str, #[case] expected: &[&str]) {
    let property = cabin(|details| {
        (details.stay_rules.min_nights, details.stay_rules.max_nights) = (3, 5);
    });
    assert_eq!(asked(&property, &Calendar::default(), dates), expected);
    let rules = NightRules {
        min_nights: Some(3),
        max_nights: Some(5),
        ..NightRules::default()
    };
    let calendar = on("2026-07-01", rules);
    assert_eq!(asked(&cabin(|_| {}), &calendar, dates), expected);
    assert_eq!(
        effective_limits(&cabin(|_| {}), &calendar, date("2026-07-01")),
        (3, 5)
    );
    assert_eq!(
        effective_limits(&property, &calendar, date("2026-07-02")),
        (3, 5)
    );
    assert_eq!(
        effective_limits(&cabin(|_| {}), &calendar, date("2026-07-02")),
        (1, 365)
    );
}

#[test]
fn the_limits_are_told() {
    let property = cabin(|details| {
        (details.stay_rules.min_nights, details.stay_rules.max_nights) = (3, 5);
        (details.max_guests, details.max_pets) = (Some(2), 1);
        (
            details.stay_rules.advance_notice_hours,
            details.stay_rules.booking_window_days,
        ) = (48, 30);
    });
    let party = Guests::try_new(3, 0, 0, 2).unwrap();
    let ask = |dates| refusals(&property, &Calendar::default(), stay(dates), party, at(NOW));
    let crowd = [Refusal::TooManyGuests(2), Refusal::TooManyPets(1)];
    let with = |found: &[Refusal]| [found, &crowd].concat();
    assert_eq!(
        ask("2026-03-02/2026-03-03"),
        with(&[Refusal::MinNights(3), Refusal::TooSoon(48)])
    );
    assert_eq!(
        ask("2026-06-02/2026-06-12"),
        with(&[Refusal::MaxNights(5), Refusal::TooFar(30)])
    );
}

#[rstest]
#[case((3, 0, 0, 1), &[])]
#[case((4, 0, 0, 0), &[])]
#[case((2, 2, 9, 0), &[])] // infants are not counted
#[case((5, 0, 0, 0), &["too_many_guests"])]
#[case((2, 3, 0, 0), &["too_many_guests"])]
#[case((1, 0, 0, 2), &["too_many_pets"])]
fn a_party_fits(
    #[case] (adults, children, infants, pets): (u32, u32, u32, u32),
    #[case] expected: &[&str],
) {
    let party = Guests::try_new(adults, children, infants, pets).unwrap();
    let dates = stay("2026-07-01/2026-07-03");
    let found = refusals(&cabin(|_| {}), &Calendar::default(), dates, party, at(NOW));
    assert_eq!(codes(&found), expected);
}

#[test]
fn a_place_for_nobody_takes_nobody() {
    let property = cabin(|details| (details.max_guests, details.max_pets) = (None, 0));
    assert_eq!(
        asked(&property, &Calendar::default(), "2026-07-01/2026-07-03"),
        ["too_many_guests"]
    );
}

#[rstest]
#[case("2026-06-30", 0, false)]
#[case("2026-07-01", 0, true)]
#[case("2026-07-02", 0, true)]
#[case("2026-07-03", 0, false)] // the day of departure
#[case("2026-07-03", 1, true)]
#[case("2026-07-04", 1, false)]
#[case("2026-07-04", 2, true)]
#[case("2026-07-05", 2, false)]
fn its_nights_and_those_of_preparation_are_free(
    #[case] night: &str,
    #[case] preparation: u32,
    #[case] in_the_way: bool,
) {
    let property = cabin(|details| details.stay_rules.preparation_nights = preparation);
    let found = refusals(
        &property,
        &taken(night),
        stay("2026-07-01/2026-07-03"),
        guests(2),
        at(NOW),
    );
    assert_eq!(
        found,
        if in_the_way {
            vec![Refusal::NightsTaken(vec![date(night)])]
        } else {
            vec![]
        }
    );
}

#[rstest]
#[case("2026-07-01", true, false, &["closed_to_arrival"])]
#[case("2026-07-02", true, true, &[])]
#[case("2026-07-03", false, true, &["closed_to_departure"])]
#[case("2026-07-03", true, false, &[])]
#[case("2026-07-01", false, true, &[])]
fn only_the_ends_can_be_closed(
    #[case] day: &str,
    #[case] closed_to_arrival: bool,
    #[case] closed_to_departure: bool,
    #[case] expected: &[&str],
) {
    let rules = NightRules {
        closed_to_arrival,
        closed_to_departure,
        ..NightRules::default()
    };
    assert_eq!(
        asked(&cabin(|_| {}), &on(day, rules), "2026-07-01/2026-07-03"),
        expected
    );
}

#[rstest]
#[case("2026-03-01", "2026-03-02T04:59:59Z", None)] // the day is not over in New York
#[case("2026-03-01", "2026-03-02T05:00:00Z", Some(NightReason::Past))]
#[case("2026-02-28", NOW, Some(NightReason::Past))]
#[case("2026-03-31", NOW, None)]
#[case("2026-04-01", NOW, Some(NightReason::TooFar))]
fn a_night_lies_between_today_and_the_window(
    #[case] night: &str,
    #[case] now: &str,
    #[case] reason: Option<NightReason>,
) {
    let property = cabin(|details| details.stay_rules.booking_window_days = 30);
    assert_eq!(
        night_reason(&property, &Calendar::default(), date(night), at(now)),
        reason
    );
}

#[rstest]
#[case(24, "2026-03-07T19:00:00Z", None)] // 14:00 EST; 24 hours later it is 15:00 EDT
#[case(24, "2026-03-07T19:00:01Z", Some("too_soon"))]
#[case(24, "2026-03-07T20:00:00Z", Some("too_soon"))] // 15:00 EST
#[case(1, "2026-03-08T18:00:00Z", None)]
#[case(1, "2026-03-08T18:00:01Z", Some("too_soon"))]
#[case(0, "2026-03-08T23:00:00Z", None)] // no advance notice required
fn notice_is_counted_in_elapsed_hours(
    #[case] hours: u32,
    #[case] now: &str,
    #[case] reason: Option<&str>,
) {
    let property = cabin(|details| details.stay_rules.advance_notice_hours = hours);
    let night = date("2026-03-08"); // daylight saving time begins
    let found = night_reason(&property, &Calendar::default(), night, at(now));
    assert_eq!(found.map(NightReason::as_str), reason);
}

#[test]
fn a_window_without_end_has_none() {
    let property = cabin(|details| details.stay_rules.booking_window_days = -1);
    assert_eq!(
        asked(&property, &Calendar::default(), "2199-07-01/2199-07-03"),
        [""; 0]
    );
    let far = date("2199-07-01");
    assert_eq!(
        night_reason(&property, &Calendar::default(), far, at(NOW)),
        None
    );
}

#[test]
fn a_leap_day_can_be_booked() {
    let property = cabin(|details| details.stay_rules.booking_window_days = -1);
    assert!(asked(&property, &Calendar::default(), "2028-02-29/2028-03-01").is_empty());
    assert_eq!(
        asked(&property, &taken("2028-02-29"), "2028-02-28/2028-03-01"),
        ["dates_unavailable"]
    );
}

#[test]
fn only_what_is_listed_can_be_booked() {
    let with = |status| {
        let record = PropertyRecord {
            status,
            ..cabin(|_| {}).into_record()
        };
        asked(
            &Property::restore(record),
            &taken("2026-07-01"),
            "2026-07-01/2026-07-03",
        )
    };
    assert_eq!(with(PropertyStatus::Listed), ["dates_unavailable"]);
    for status in [
        PropertyStatus::Draft,
        PropertyStatus::Unlisted,
        PropertyStatus::Suspended,
    ] {
        assert_eq!(with(status), ["not_listed"]);
    }
    let nowhere = cabin(|details: &mut PropertyDetails| details.time_zone = None);
    assert_eq!(
        asked(&nowhere, &Calendar::default(), "2026-07-01/2026-07-03"),
        ["not_listed"]
    );
    assert_eq!(
        night_reason(&nowhere, &Calendar::default(), date("2026-07-01"), at(NOW)),
        None
    );
}

#[rstest]
#[case(ClaimKind::Booked, NightReason::Booked)]
#[case(ClaimKind::Held, NightReason::Held)]
#[case(ClaimKind::Blocked, NightReason::Blocked)]
#[case(ClaimKind::Preparation, NightReason::Preparation)]
#[case(ClaimKind::Imported, NightReason::Imported)]
fn a_claim_says_why_a_night_is_taken(#[case] kind: ClaimKind, #[case] reason: NightReason) {
    let claim = NightClaim {
        night: date("2020-07-01"),
        kind,
        booking_id: Some(BOOKING),
    };
    let calendar = Calendar::new([], [claim]);
    // A past night with a claim is reported by its claim.
    assert_eq!(
        night_reason(&cabin(|_| {}), &calendar, claim.night, at(NOW)),
        Some(reason)
    );
    assert_eq!(
        night_reason(&cabin(|_| {}), &calendar, date("2026-07-01"), at(NOW)),
        None
    );
}

#[test]
fn every_taken_night_is_named() {
    let claim = |night: &str, booking_id| NightClaim {
        night: date(night),
        kind: ClaimKind::Held,
        booking_id,
    };
    let calendar = Calendar::new(
        [],
        [
            claim("2026-07-01", None),
            claim("2026-07-03", Some(BOOKING)),
        ],
    );
    let dates: Stay = stay("2026-07-01/2026-07-04");
    let found = refusals(&cabin(|_| {}), &calendar, dates, guests(1), at(NOW));
    assert_eq!(
        found,
        [Refusal::NightsTaken(vec![
            date("2026-07-01"),
            date("2026-07-03")
        ])]
    );
}

#[test]
fn every_refusal_names_its_field() {
    let all = [
        (Refusal::NotListed, "not_listed", "/property_id"),
        (Refusal::MinNights(1), "min_nights", "/check_out"),
        (Refusal::MaxNights(1), "max_nights", "/check_out"),
        (Refusal::Past, "past", "/check_in"),
        (Refusal::TooSoon(1), "too_soon", "/check_in"),
        (Refusal::TooFar(1), "too_far", "/check_in"),
        (Refusal::ClosedToArrival, "closed_to_arrival", "/check_in"),
        (
            Refusal::ClosedToDeparture,
            "closed_to_departure",
            "/check_out",
        ),
        (
            Refusal::NightsTaken(vec![]),
            "dates_unavailable",
            "/check_in",
        ),
        (
            Refusal::TooManyGuests(1),
            "too_many_guests",
            "/guests/adults",
        ),
        (Refusal::TooManyPets(1), "too_many_pets", "/guests/pets"),
    ];
    for (refusal, code, pointer) in all {
        assert_eq!((refusal.code(), refusal.pointer()), (code, pointer));
    }
}
