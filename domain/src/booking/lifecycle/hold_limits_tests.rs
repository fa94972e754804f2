//! Limits on unpaid holds.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::booking::booking::Booking;
use crate::booking::lifecycle::hold_limits::{HoldLimit, check_hold_limits, recent_holds_begin};
use crate::fixtures::{at, cabin, confirmed, hold, stay, stored};
use crate::shared::id::PropertyId;
use crate::shared::marketplace_terms::MarketplaceTerms;

const STAY: &str = "2026-07-10/2026-07-14";
const BOOKED_AT: &str = "2026-03-01T17:00:00Z";

fn minutes_later(minutes: i64) -> DateTime<Utc> {
    at(BOOKED_AT) + TimeDelta::minutes(minutes)
}

fn property(number: u128) -> PropertyId {
    PropertyId::new(Uuid::from_u128(number))
}

/// A hold of [`STAY`] at a property.
fn held_at(number: u128) -> Booking {
    let held = stored(hold(&cabin(|_| {}), STAY, at(BOOKED_AT)));
    let mut record = held.into_record();
    record.property_id = property(number);
    Booking::restore(record).unwrap()
}

fn check(recent: &[Booking], number: u128, dates: &str, minutes: i64) -> Result<(), HoldLimit> {
    check_hold_limits(
        recent,
        property(number),
        stay(dates),
        &MarketplaceTerms::default(),
        minutes_later(minutes),
    )
}

#[test]
fn five_holds_are_open_at_once_and_one_at_a_property() {
    let mut all: Vec<_> = (1..5).map(held_at).collect();
    assert_eq!(MarketplaceTerms::default().max_open_holds, 5);
    assert_eq!(check(&all, 9, STAY, 14), Ok(()));
    let end = minutes_later(15);
    assert_eq!(
        check(&all, 1, "2026-08-10/2026-08-14", 14),
        Err(HoldLimit::SameProperty(end))
    );
    all.push(held_at(5));
    assert_eq!(check(&all, 9, STAY, 14), Err(HoldLimit::TooMany(end)));
    // A hold ends with its time, whether the timeout was processed or not.
    assert_eq!(check(&all, 9, STAY, 15), Ok(()));
    assert_eq!(check(&all, 1, "2026-08-10/2026-08-14", 15), Ok(()));
}

#[test]
fn paid_bookings_are_no_holds() {
    let paid = confirmed(&cabin(|_| {}), STAY, at(BOOKED_AT));
    let all = vec![paid.clone(); 5];
    let dates = stay("2026-08-10/2026-08-14");
    assert_eq!(
        check_hold_limits(
            &all,
            paid.property_id,
            dates,
            &MarketplaceTerms::default(),
            minutes_later(1)
        ),
        Ok(())
    );
}

#[test]
fn nights_let_go_are_not_held_again_for_ten_minutes() {
    let expired = stored(held_at(1).time_out(minutes_later(16)).unwrap());
    for (released, from) in [(held_at(1), 15), (expired, 16)] {
        let all = [released];
        let until = HoldLimit::Released(minutes_later(from + 10));
        for minutes in [from, from + 9] {
            for overlapping in [STAY, "2026-07-13/2026-07-15", "2026-07-08/2026-07-11"] {
                assert_eq!(check(&all, 1, overlapping, minutes), Err(until));
            }
            // Other nights, and other properties.
            for apart in ["2026-07-14/2026-07-16", "2026-07-08/2026-07-10"] {
                assert_eq!(check(&all, 1, apart, minutes), Ok(()));
            }
            assert_eq!(check(&all, 2, STAY, minutes), Ok(()));
        }
        assert_eq!(check(&all, 1, STAY, from + 10), Ok(()));
    }
}

#[test]
fn bookings_that_began_before_every_limit_are_not_looked_at() {
    let terms = MarketplaceTerms::default();
    let begin = recent_holds_begin(&terms, minutes_later(0));
    assert_eq!(begin, minutes_later(-30));
}
