//! Availability on both sides of every limit.

use chrono::NaiveDate;
use rstest::rstest;

use crate::booking::availability::availability_error::{Unavailable, UnavailableReason};
use crate::booking::availability::check_availability::{
    check_availability, effective_limits, unavailable_reason,
};
use crate::fixtures::{BOOKING, at, cabin, calendar_with, guests, open_calendar, stay};
use crate::property::calendar::{Calendar, ClaimKind, NightClaim, NightRules};
use crate::property::details::PropertyDetails;
use crate::property::enums::PropertyStatus;
use crate::property::property::{Property, PropertyRecord};
use crate::shared::guests::Guests;
use crate::shared::stay::Stay;

const NOW: &str = "2026-03-01T17:00:00Z"; // noon in New York

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn codes(found: &[Unavailable]) -> Vec<&'static str> {
    found.iter().map(Unavailable::code).collect()
}

/// Codes of the rules that a stay of two adults violates.
fn asked(property: &Property, calendar: &Calendar, dates: &str) -> Vec<&'static str> {
    codes(&check_availability(property, calendar, stay(dates), guests(2), at(NOW)).unwrap())
}

fn on(night: &str, rules: NightRules) -> Calendar {
    calendar_with([(date(night), rules)], [])
}

fn taken(night: &str) -> Calendar {
    calendar_with(
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
fn stay_length_lies_within_the_limits(#[case] dates: &str, #[case] expected: &[&str]) {
    let property = cabin(|details| {
        (details.stay_rules.min_nights, details.stay_rules.max_nights) = (3, 5);
    });
    assert_eq!(asked(&property, &open_calendar(), dates), expected);
    let rules = NightRules {
        min_nights: Some(3),
        max_nights: Some(5),
        ..NightRules::default()
    };
    let calendar = on("2026-07-01", rules);
    assert_eq!(asked(&cabin(|_| {}), &calendar, dates), expected);
    assert_eq!(
        effective_limits(&cabin(|_| {}), &calendar, date("2026-07-01")).unwrap(),
        (3, 5)
    );
    assert_eq!(
        effective_limits(&property, &calendar, date("2026-07-02")).unwrap(),
        (3, 5)
    );
    assert_eq!(
        effective_limits(&cabin(|_| {}), &calendar, date("2026-07-02")).unwrap(),
        (1, 365)
    );
}

#[test]
fn length_error_names_the_limit() {
    let property = cabin(|details| {
        (details.stay_rules.min_nights, details.stay_rules.max_nights) = (3, 5);
        (details.max_guests, details.max_pets) = (Some(2), 1);
        (
            details.stay_rules.advance_notice_hours,
            details.stay_rules.booking_window_days,
        ) = (48, 30);
    });
    let party = Guests::try_new(3, 0, 0, 2).unwrap();
    let ask = |dates| {
        check_availability(&property, &open_calendar(), stay(dates), party, at(NOW)).unwrap()
    };
    let party = [Unavailable::TooManyGuests(2), Unavailable::TooManyPets(1)];
    let with = |found: &[Unavailable]| [found, &party].concat();
    assert_eq!(
        ask("2026-03-02/2026-03-03"),
        with(&[Unavailable::MinNights(3), Unavailable::TooSoon(48)])
    );
    assert_eq!(
        ask("2026-06-02/2026-06-12"),
        with(&[Unavailable::MaxNights(5), Unavailable::TooFar(30)])
    );
}

#[rstest]
#[case((3, 0, 0, 1), &[])]
#[case((4, 0, 0, 0), &[])]
#[case((2, 2, 9, 0), &[])] // infants are not counted
#[case((5, 0, 0, 0), &["too_many_guests"])]
#[case((2, 3, 0, 0), &["too_many_guests"])]
#[case((1, 0, 0, 2), &["too_many_pets"])]
fn party_size_lies_within_the_limits(
    #[case] (adults, children, infants, pets): (u32, u32, u32, u32),
    #[case] expected: &[&str],
) {
    let party = Guests::try_new(adults, children, infants, pets).unwrap();
    let dates = stay("2026-07-01/2026-07-03");
    let found =
        check_availability(&cabin(|_| {}), &open_calendar(), dates, party, at(NOW)).unwrap();
    assert_eq!(codes(&found), expected);
}

#[test]
fn property_without_max_guests_accepts_no_party() {
    let property = cabin(|details| (details.max_guests, details.max_pets) = (None, 0));
    assert_eq!(
        asked(&property, &open_calendar(), "2026-07-01/2026-07-03"),
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
fn stay_and_preparation_nights_must_be_free(
    #[case] night: &str,
    #[case] preparation: u32,
    #[case] in_the_way: bool,
) {
    let property = cabin(|details| details.stay_rules.preparation_nights = preparation);
    let found = check_availability(
        &property,
        &taken(night),
        stay("2026-07-01/2026-07-03"),
        guests(2),
        at(NOW),
    )
    .unwrap();
    assert_eq!(
        found,
        if in_the_way {
            vec![Unavailable::NightsTaken(vec![date(night)])]
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
fn closed_days_apply_only_to_check_in_and_check_out(
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
#[case("2026-03-01", "2026-03-02T05:00:00Z", Some(UnavailableReason::Past))]
#[case("2026-02-28", NOW, Some(UnavailableReason::Past))]
#[case("2026-03-31", NOW, None)]
#[case("2026-04-01", NOW, Some(UnavailableReason::TooFar))]
fn check_in_lies_between_today_and_the_booking_window(
    #[case] night: &str,
    #[case] now: &str,
    #[case] reason: Option<UnavailableReason>,
) {
    let property = cabin(|details| details.stay_rules.booking_window_days = 30);
    assert_eq!(
        unavailable_reason(&property, &open_calendar(), date(night), at(now)).unwrap(),
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
    let found = unavailable_reason(&property, &open_calendar(), night, at(now)).unwrap();
    assert_eq!(found.map(UnavailableReason::as_str), reason);
}

#[test]
fn unlimited_booking_window_rejects_no_date() {
    let property = cabin(|details| details.stay_rules.booking_window_days = -1);
    assert_eq!(
        asked(&property, &open_calendar(), "2199-07-01/2199-07-03"),
        [""; 0]
    );
    let far = date("2199-07-01");
    assert_eq!(
        unavailable_reason(&property, &open_calendar(), far, at(NOW)).unwrap(),
        None
    );
}

#[test]
fn a_leap_day_can_be_booked() {
    let property = cabin(|details| details.stay_rules.booking_window_days = -1);
    assert!(asked(&property, &open_calendar(), "2028-02-29/2028-03-01").is_empty());
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
            &Property::restore(record).unwrap(),
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
        asked(&nowhere, &open_calendar(), "2026-07-01/2026-07-03"),
        ["not_listed"]
    );
    assert_eq!(
        unavailable_reason(&nowhere, &open_calendar(), date("2026-07-01"), at(NOW)).unwrap(),
        None
    );
}

#[rstest]
#[case(ClaimKind::Booked, UnavailableReason::Booked)]
#[case(ClaimKind::Held, UnavailableReason::Held)]
#[case(ClaimKind::Blocked, UnavailableReason::Blocked)]
#[case(ClaimKind::Preparation, UnavailableReason::Preparation)]
#[case(ClaimKind::Imported, UnavailableReason::Imported)]
fn claim_kind_gives_the_unavailable_reason(
    #[case] kind: ClaimKind,
    #[case] reason: UnavailableReason,
) {
    let claim = NightClaim {
        night: date("2020-07-01"),
        kind,
        booking_id: Some(BOOKING),
    };
    let calendar = calendar_with([], [claim]);
    // A past night with a claim is reported by its claim.
    assert_eq!(
        unavailable_reason(&cabin(|_| {}), &calendar, claim.night, at(NOW)).unwrap(),
        Some(reason)
    );
    assert_eq!(
        unavailable_reason(&cabin(|_| {}), &calendar, date("2026-07-01"), at(NOW)).unwrap(),
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
    let calendar = calendar_with(
        [],
        [
            claim("2026-07-01", None),
            claim("2026-07-03", Some(BOOKING)),
        ],
    );
    let dates: Stay = stay("2026-07-01/2026-07-04");
    let found = check_availability(&cabin(|_| {}), &calendar, dates, guests(1), at(NOW)).unwrap();
    assert_eq!(
        found,
        [Unavailable::NightsTaken(vec![
            date("2026-07-01"),
            date("2026-07-03")
        ])]
    );
}

#[test]
fn every_error_names_its_field() {
    let all = [
        (Unavailable::NotListed, "not_listed", "/property_id"),
        (Unavailable::MinNights(1), "min_nights", "/check_out"),
        (Unavailable::MaxNights(1), "max_nights", "/check_out"),
        (Unavailable::Past, "past", "/check_in"),
        (Unavailable::TooSoon(1), "too_soon", "/check_in"),
        (Unavailable::TooFar(1), "too_far", "/check_in"),
        (
            Unavailable::ClosedToArrival,
            "closed_to_arrival",
            "/check_in",
        ),
        (
            Unavailable::ClosedToDeparture,
            "closed_to_departure",
            "/check_out",
        ),
        (
            Unavailable::NightsTaken(vec![]),
            "dates_unavailable",
            "/check_in",
        ),
        (
            Unavailable::TooManyGuests(1),
            "too_many_guests",
            "/guests/adults",
        ),
        (Unavailable::TooManyPets(1), "too_many_pets", "/guests/pets"),
    ];
    for (refusal, code, pointer) in all {
        assert_eq!((refusal.code(), refusal.pointer()), (code, pointer));
    }
}
