//! Refund deadlines across daylight saving changes.

use chrono::NaiveTime;
use chrono_tz::Tz;
use rstest::rstest;

use crate::booking::cancellation::deadlines::Deadlines;
use crate::booking::cancellation::refund_strategies::deadlines;
use crate::fixtures::at;
use crate::shared::marketplace_terms::MarketplaceTerms;

fn in_zone(dates: &str, zone: Tz, hour: u32, minute: u32) -> Deadlines {
    let check_in_from = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    Deadlines {
        zone,
        check_in_from,
        ..deadlines(dates, "2026-01-01T00:00:00Z")
    }
}

#[test]
fn days_before_check_in_keep_local_time_across_clock_changes() {
    // New York changes to daylight saving time on 2026-03-08: five days before 15:00 EDT is 15:00
    // EST.
    let deadlines = deadlines("2026-03-10/2026-03-12", "2026-01-01T00:00:00Z");
    assert_eq!(deadlines.check_in(), at("2026-03-10T19:00:00Z"));
    assert_eq!(deadlines.days_before(0), deadlines.check_in());
    assert_eq!(deadlines.days_before(2), at("2026-03-08T19:00:00Z"));
    assert_eq!(deadlines.days_before(3), at("2026-03-07T20:00:00Z"));
    assert_eq!(deadlines.days_before(5), at("2026-03-05T20:00:00Z"));
    assert_eq!(deadlines.hours_before(72), at("2026-03-07T19:00:00Z"));
    assert_eq!(
        deadlines.check_in_time("2026-03-11".parse().unwrap()),
        at("2026-03-11T19:00:00Z")
    );
}

#[rstest]
#[case(
    "2026-03-08/2026-03-09",
    chrono_tz::America::New_York,
    2,
    30,
    "2026-03-08T07:00:00Z"
)] // skipped local time
#[case(
    "2026-11-01/2026-11-02",
    chrono_tz::America::New_York,
    1,
    30,
    "2026-11-01T05:30:00Z"
)] // ambiguous local time: the earlier
#[case(
    "2028-02-29/2028-03-01",
    chrono_tz::Asia::Kolkata,
    15,
    0,
    "2028-02-29T09:30:00Z"
)]
#[case(
    "2026-07-10/2026-07-11",
    chrono_tz::Pacific::Auckland,
    15,
    0,
    "2026-07-10T03:00:00Z"
)]
#[case(
    "2026-07-10/2026-07-11",
    chrono_tz::Pacific::Auckland,
    0,
    0,
    "2026-07-09T12:00:00Z"
)]
fn check_in_is_in_the_time_zone_of_the_property(
    #[case] dates: &str,
    #[case] zone: Tz,
    #[case] hour: u32,
    #[case] minute: u32,
    #[case] instant: &str,
) {
    assert_eq!(in_zone(dates, zone, hour, minute).check_in(), at(instant));
}

#[test]
fn days_before_go_over_leap_days() {
    let deadlines = deadlines("2028-03-01/2028-03-02", "2026-01-01T00:00:00Z");
    assert_eq!(deadlines.days_before(1), at("2028-02-29T20:00:00Z"));
    assert_eq!(deadlines.days_before(366), at("2027-03-01T20:00:00Z"));
}

#[rstest]
#[case("2026-07-03T19:00:00Z", Some("2026-07-04T19:00:00Z"))]
#[case("2026-07-03T19:00:00.000001Z", None)]
#[case("2026-03-01T17:00:00Z", Some("2026-03-02T17:00:00Z"))]
fn grace_period_requires_an_early_confirmation(
    #[case] confirmed: &str,
    #[case] ends: Option<&str>,
) {
    let deadlines = Deadlines {
        confirmed_at: at(confirmed),
        ..deadlines("2026-07-10/2026-07-14", "2026-03-01T17:00:00Z")
    };
    assert_eq!(
        deadlines.grace_ends(&MarketplaceTerms::default()),
        ends.map(at)
    );
}

#[test]
fn grace_period_has_the_length_of_the_terms() {
    let deadlines = deadlines("2026-07-10/2026-07-14", "2026-07-08T19:00:00Z");
    let terms = MarketplaceTerms {
        grace_hours: 5,
        grace_days_ahead: 2,
        ..MarketplaceTerms::default()
    };
    assert_eq!(
        deadlines.grace_ends(&terms),
        Some(at("2026-07-09T00:00:00Z"))
    );
    let terms = MarketplaceTerms {
        grace_days_ahead: 3,
        ..terms
    };
    assert_eq!(deadlines.grace_ends(&terms), None);
}

#[rstest]
#[case("2026-01-01T00:00:00Z", 0)]
#[case("2026-07-10T19:00:00Z", 0)]
#[case("2026-07-10T19:00:00.000001Z", 1)]
#[case("2026-07-11T19:00:00Z", 1)]
#[case("2026-07-11T19:00:01Z", 2)]
#[case("2026-07-13T19:00:00Z", 3)]
#[case("2026-07-13T19:00:01Z", 4)]
#[case("2026-07-14T19:00:01Z", 4)]
#[case("2028-01-01T00:00:00Z", 4)]
fn a_night_is_stayed_once_its_check_in_time_has_passed(#[case] now: &str, #[case] nights: u32) {
    assert_eq!(
        deadlines("2026-07-10/2026-07-14", "2026-03-01T17:00:00Z").nights_stayed(at(now)),
        nights
    );
}
