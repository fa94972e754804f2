//! Rules of weekdays together with those of dates and of the property.

use chrono::{NaiveDate, Weekday};
use rstest::rstest;

use crate::booking::availability::availability_error::Unavailable;
use crate::booking::availability::check_availability::{
    check_availability, closed_to_arrival, closed_to_departure, effective_limits,
    unavailable_reason,
};
use crate::fixtures::{at, cabin, calendar_with, guests, open_calendar, stay};
use crate::property::calendar::NightRules;
use crate::property::property::Property;
use crate::property::stay_rules::StayRules;
use crate::property::weekday_rules::{WeekdayRules, parse_weekday, weekday_name};
use crate::shared::violations::Violations;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// At least 2 nights, at most 30; from Sundays 3 to 14, from Tuesdays at least 5; no departure on
/// Tuesdays.
fn property_with_weekday_rules() -> Property {
    let sunday = WeekdayRules {
        min_nights: Some(3),
        max_nights: Some(14),
        ..WeekdayRules::of(Weekday::Sun)
    };
    let tuesday = WeekdayRules {
        min_nights: Some(5),
        closed_to_departure: true,
        ..WeekdayRules::of(Weekday::Tue)
    };
    let saturday = WeekdayRules {
        closed_to_arrival: true,
        ..WeekdayRules::of(Weekday::Sat)
    };
    cabin(|details| {
        details.stay_rules.min_nights = 2;
        details.stay_rules.max_nights = 30;
        details.stay_rules.weekdays = vec![sunday, tuesday, saturday];
    })
}

#[rstest]
#[case("2026-03-08", None, None, (3, 14))] // Sunday on which daylight saving time begins
#[case("2026-11-01", None, None, (3, 14))] // Sunday on which it ends
#[case("2026-03-09", None, None, (2, 30))]
#[case("2028-02-29", None, None, (5, 30))] // a Tuesday
#[case("2028-02-28", None, None, (2, 30))]
#[case("2028-02-29", Some(1), None, (1, 30))]
#[case("2026-03-08", None, Some(4), (3, 4))]
#[case("2026-03-08", Some(1), Some(2), (1, 2))]
#[case("+262142-12-24", None, None, (2, 30))]
fn the_most_specific_rule_wins(
    #[case] date: &str,
    #[case] min_nights: Option<u32>,
    #[case] max_nights: Option<u32>,
    #[case] expected: (u32, u32),
) {
    let own = NightRules {
        min_nights,
        max_nights,
        ..NightRules::default()
    };
    let calendar = calendar_with([(day(date), own)], []);
    assert_eq!(
        effective_limits(&property_with_weekday_rules(), &calendar, day(date)).unwrap(),
        expected
    );
}

#[test]
fn a_day_is_closed_when_its_date_or_its_weekday_is() {
    let date = NightRules {
        closed_to_arrival: true,
        ..NightRules::default()
    };
    let calendar = calendar_with(
        [
            (day("2026-03-09"), date),
            (day("2026-03-07"), NightRules::default()),
        ],
        [],
    );
    let closed = |date: &str| {
        let date = day(date);
        (
            closed_to_arrival(&property_with_weekday_rules(), &calendar, date).unwrap(),
            closed_to_departure(&property_with_weekday_rules(), &calendar, date).unwrap(),
        )
    };
    assert_eq!(closed("2026-03-07"), (true, false));
    assert_eq!(closed("2026-03-09"), (true, false));
    assert_eq!(closed("2028-02-29"), (false, true));
    assert_eq!(closed("2026-03-11"), (false, false));
}

#[rstest]
#[case("2026-03-07/2026-03-10", &["closed_to_arrival", "closed_to_departure"])]
#[case("2026-03-08/2026-03-10", &["min_nights", "closed_to_departure"])]
#[case("2026-03-08/2026-03-11", &[])]
#[case("2026-03-08/2026-03-23", &["max_nights"])]
#[case("2028-02-29/2028-03-05", &["too_far"])]
fn weekday_rules_apply_to_the_stay(#[case] dates: &str, #[case] expected: &[&str]) {
    let found = check_availability(
        &property_with_weekday_rules(),
        &open_calendar(),
        stay(dates),
        guests(2),
        at("2026-03-01T17:00:00Z"),
    )
    .unwrap();
    assert_eq!(
        found.iter().map(Unavailable::code).collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn last_representable_date_does_not_panic() {
    for date in [NaiveDate::MIN, NaiveDate::MAX.pred_opt().unwrap()] {
        assert!(
            unavailable_reason(
                &property_with_weekday_rules(),
                &open_calendar(),
                date,
                at("2026-03-01T17:00:00Z")
            )
            .unwrap()
            .is_some()
        );
    }
    let late = stay("2200-12-29/2200-12-31");
    let found = check_availability(
        &property_with_weekday_rules(),
        &open_calendar(),
        late,
        guests(2),
        at("2026-03-01T17:00:00Z"),
    )
    .unwrap();
    assert_eq!(found, [Unavailable::TooFar(365)]);
}

fn summarize(found: &Violations) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|it| (it.pointer.as_str(), it.code))
        .collect()
}

fn friday(min_nights: Option<u32>, max_nights: Option<u32>) -> WeekdayRules {
    WeekdayRules {
        min_nights,
        max_nights,
        ..WeekdayRules::of(Weekday::Fri)
    }
}

#[rstest]
#[case(friday(Some(4), Some(3)), &[("/stay_rules/weekdays/0/max_nights", "contradiction")])]
#[case(friday(Some(11), None), &[("/stay_rules/weekdays/0/min_nights", "contradiction")])]
#[case(friday(None, Some(1)), &[("/stay_rules/weekdays/0/max_nights", "contradiction")])]
#[case(friday(Some(11), Some(12)), &[])]
#[case(friday(Some(2), Some(10)), &[])]
#[case(friday(Some(0), Some(732)), &[("/stay_rules/weekdays/0/min_nights", "out_of_range"), ("/stay_rules/weekdays/0/max_nights", "out_of_range")])]
fn contradictions_are_refused_with_the_field_named(
    #[case] rules: WeekdayRules,
    #[case] expected: &[(&str, &str)],
) {
    let property = cabin(|details| {
        details.stay_rules = StayRules {
            min_nights: 2,
            max_nights: 10,
            ..StayRules::default()
        };
        details.stay_rules.weekdays = vec![rules];
    });
    assert_eq!(summarize(&property.details.validate()), expected);
}

#[test]
fn duplicate_weekdays_are_rejected() {
    let property = cabin(|details| {
        details.stay_rules.weekdays = vec![friday(None, None), friday(Some(2), None)];
    });
    let found = property.details.validate();
    assert_eq!(
        summarize(&found),
        [("/stay_rules/weekdays/1/weekday", "duplicate")]
    );
}

#[rstest]
#[case("2026-03-08", Some(15), None, &[("/min_nights", "contradiction")])]
#[case("2026-03-08", None, Some(2), &[("/max_nights", "contradiction")])]
#[case("2026-03-09", Some(15), None, &[])]
#[case("2026-03-09", Some(31), None, &[("/min_nights", "contradiction")])]
#[case("2026-03-08", Some(20), Some(20), &[])]
#[case("2026-03-08", None, None, &[])]
fn date_rules_must_leave_a_possible_stay(
    #[case] date: &str,
    #[case] min_nights: Option<u32>,
    #[case] max_nights: Option<u32>,
    #[case] expected: &[(&str, &str)],
) {
    let own = NightRules {
        min_nights,
        max_nights,
        ..NightRules::default()
    };
    let found = property_with_weekday_rules()
        .details
        .stay_rules
        .validate_date(day(date), &own);
    assert_eq!(summarize(&found), expected);
}

#[test]
fn weekday_names_round_trip() {
    for number in 0..7 {
        let weekday = Weekday::try_from(number).unwrap();
        assert_eq!(parse_weekday(weekday_name(weekday)), Some(weekday));
    }
    assert_eq!(
        (weekday_name(Weekday::Wed), parse_weekday("Mon")),
        ("wednesday", None)
    );
}
