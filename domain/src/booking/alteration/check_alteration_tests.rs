//! Availability of alterations, rule by rule.

use rstest::rstest;

use crate::booking::alteration::check_alteration::check_alteration;
use crate::booking::availability::availability_error::Unavailable;
use crate::booking::booking::Booking;
use crate::fixtures::{at, cabin, calendar_with, confirmed, guests, open_calendar, stay};
use crate::property::calendar::{Calendar, ClaimKind, NightClaim, NightRules};
use crate::property::details::PropertyDetails;
use crate::property::enums::PropertyStatus;
use crate::property::property::Property;
use crate::shared::guests::Guests;

const STAY: &str = "2026-07-10/2026-07-14";

fn booked() -> Booking {
    confirmed(
        &cabin(|details| details.stay_rules.preparation_nights = 1),
        STAY,
        at("2026-03-01T17:00:00Z"),
    )
}

fn with_status(status: PropertyStatus) -> Property {
    let mut record = cabin(|_| {}).into_record();
    record.status = status;
    Property::restore(record).unwrap()
}

fn codes(
    property: &Property,
    calendar: &Calendar,
    dates: &str,
    party: Guests,
    now: &str,
) -> Vec<&'static str> {
    let found =
        check_alteration(&booked(), property, calendar, stay(dates), party, at(now)).unwrap();
    found.iter().map(Unavailable::code).collect()
}

#[rstest]
#[case(PropertyStatus::Listed, &[])]
#[case(PropertyStatus::Unlisted, &[])]
#[case(PropertyStatus::Suspended, &["not_listed"])]
#[case(PropertyStatus::Draft, &["not_listed"])]
fn unlisting_a_property_does_not_block_alterations(
    #[case] status: PropertyStatus,
    #[case] expected: &[&str],
) {
    let (property, calendar) = (with_status(status), open_calendar());
    assert_eq!(
        codes(
            &property,
            &calendar,
            "2026-07-10/2026-07-15",
            guests(2),
            "2026-06-01T12:00:00Z"
        ),
        expected
    );
}

#[rstest]
#[case("2026-07-10/2026-07-15", "2026-07-12T12:00:00Z", &[])] // an unchanged check-in may be past
#[case("2026-07-09/2026-07-14", "2026-07-12T12:00:00Z", &["past"])]
#[case("2026-07-13/2026-07-15", "2026-07-12T12:00:00Z", &["too_soon"])]
#[case("2026-07-10/2026-07-15", "2025-07-01T12:00:00Z", &[])]
#[case("2026-07-11/2026-07-15", "2025-07-01T12:00:00Z", &["too_far"])]
fn arrival_rules_apply_only_to_a_changed_check_in(
    #[case] dates: &str,
    #[case] now: &str,
    #[case] expected: &[&str],
) {
    let property = cabin(|details| details.stay_rules.advance_notice_hours = 48);
    assert_eq!(
        codes(&property, &open_calendar(), dates, guests(2), now),
        expected
    );
}

#[rstest]
#[case("2026-07-10/2026-07-14", &[])]
#[case("2026-07-11/2026-07-14", &["closed_to_arrival"])]
#[case("2026-07-10/2026-07-15", &["closed_to_departure"])]
fn closed_days_apply_only_to_changed_dates(#[case] dates: &str, #[case] expected: &[&str]) {
    let closed = NightRules {
        closed_to_arrival: true,
        closed_to_departure: true,
        ..NightRules::default()
    };
    let days = ["2026-07-10", "2026-07-11", "2026-07-14", "2026-07-15"];
    let calendar = calendar_with(days.map(|day| (day.parse().unwrap(), closed.clone())), []);
    assert_eq!(
        codes(
            &cabin(|_| {}),
            &calendar,
            dates,
            guests(2),
            "2026-06-01T12:00:00Z"
        ),
        expected
    );
}

#[rstest]
#[case(STAY, Guests::try_new(2, 0, 1, 0).unwrap(), &[])] // unchanged stay under changed rules
#[case("2026-07-10/2026-07-15", Guests::try_new(2, 0, 0, 0).unwrap(), &["min_nights"])]
#[case(STAY, Guests::try_new(1, 1, 0, 0).unwrap(), &[])]
#[case(STAY, Guests::try_new(2, 1, 0, 1).unwrap(), &["too_many_guests", "too_many_pets"])]
fn unchanged_parts_of_a_booking_violate_no_rule(
    #[case] dates: &str,
    #[case] party: Guests,
    #[case] expected: &[&str],
) {
    let stricter = |details: &mut PropertyDetails| {
        details.stay_rules.min_nights = 7;
        (details.max_guests, details.max_pets) = (Some(1), 0);
    };
    assert_eq!(
        codes(
            &cabin(stricter),
            &open_calendar(),
            dates,
            party,
            "2026-06-01T12:00:00Z"
        ),
        expected
    );
}

#[test]
fn own_nights_are_available_and_nights_of_others_are_not() {
    let (booking, day) = (booked(), |text: &str| text.parse().unwrap());
    let other = NightClaim {
        night: day("2026-07-16"),
        kind: ClaimKind::Blocked,
        booking_id: None,
    };
    let all = calendar_with([], booking.claims().into_iter().chain([other]));
    for calendar in [all.clone(), all.without(booking.id)] {
        let asked = |dates: &str| {
            check_alteration(
                &booking,
                &cabin(|_| {}),
                &calendar,
                stay(dates),
                guests(2),
                at("2026-06-01T12:00:00Z"),
            )
            .unwrap()
        };
        assert_eq!(asked("2026-07-11/2026-07-15"), []);
        // Preparation nights stay as they were when the booking was made, whatever the property
        // requires today.
        assert_eq!(
            asked("2026-07-11/2026-07-16"),
            [Unavailable::NightsTaken(vec![day("2026-07-16")])]
        );
    }
}
