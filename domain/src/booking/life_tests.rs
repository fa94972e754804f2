//! The life of a booking, move by move.

use chrono::TimeDelta;
use rstest::rstest;

use super::{CancelRequest, MoveError, NightReason, NightsChange, Refusal, Status, night_reason, refusals};
use crate::fixtures::{BOOKING, at, cabin, confirmed, guests, hold, stay, usd};
use crate::property::{Calendar, ClaimKind, NightClaim, NightRules, PropertyDetails};
use crate::shared::{Guests, Party, Stay};

const STAY: &str = "2026-07-10/2026-07-14";

#[test]
fn a_hold_claims_its_nights_and_the_preparation_in_order() {
    let change =
        hold(&cabin(|details| details.stay_rules.preparation_nights = 1), STAY, at("2026-03-01T17:00:00Z"));
    let NightsChange::Claim(claims) = change.nights else { panic!("{:?}", change.nights) };
    let kinds: Vec<_> = claims.iter().map(|claim| (claim.night.to_string(), claim.kind)).collect();
    assert_eq!(kinds.len(), 5);
    assert_eq!(kinds[0], ("2026-07-10".into(), ClaimKind::Held));
    assert_eq!(kinds[4], ("2026-07-14".into(), ClaimKind::Preparation));
    assert!(claims.is_sorted_by_key(|claim| claim.night));
}

#[test]
fn a_hold_expires_after_fifteen_minutes_and_gives_its_nights_up() {
    let booking = hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")).booking;
    assert_eq!(booking.due_at(), Some(at("2026-03-01T17:15:00Z")));
    let early = booking.clone().time_out(at("2026-03-01T17:14:59Z"));
    assert_eq!(early, Err(MoveError::TooEarly { from: at("2026-03-01T17:15:00Z") }));
    let expired = booking.time_out(at("2026-03-01T17:15:00Z")).unwrap();
    assert_eq!((expired.booking.status, expired.booking.version), (Status::Expired, 2));
    assert_eq!(expired.nights, NightsChange::Release(stay(STAY).check_in()));
    assert!(matches!(
        expired.booking.captured("X".into(), at("2026-03-01T17:16:00Z")),
        Err(MoveError::WrongState { .. })
    ));
}

#[test]
fn a_stay_is_lived_through_in_time() {
    let booking = confirmed(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z"));
    assert_eq!(booking.due_at(), Some(at("2026-07-14T15:00:00Z"))); // 11:00 in New York
    let early = booking.clone().check_in(Party::Guest, at("2026-07-10T18:59:59Z"));
    assert_eq!(early, Err(MoveError::TooEarly { from: at("2026-07-10T19:00:00Z") }));
    assert_eq!(
        booking.clone().check_in(Party::Admin, at("2026-07-10T19:00:00Z")),
        Err(MoveError::NotAllowed)
    );
    let inside = booking.check_in(Party::Guest, at("2026-07-10T19:00:00Z")).unwrap().booking;
    assert_eq!(inside.due_at(), Some(at("2026-07-15T04:00:00Z")));
    let left = inside.clone().check_out(Party::Host, at("2026-07-12T13:00:00Z")).unwrap();
    assert_eq!(left.nights, NightsChange::Release("2026-07-12".parse().unwrap()));
    let completed = inside.time_out(at("2026-07-15T04:00:00Z")).unwrap();
    assert_eq!((completed.booking.status, completed.nights), (Status::Completed, NightsChange::Keep));
}

#[test]
fn a_guest_who_leaves_early_completes_the_stay() {
    let booking = confirmed(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z"));
    let inside = booking.check_in(Party::Guest, at("2026-07-10T19:00:00Z")).unwrap().booking;
    let left = inside.cancel(Party::Guest, CancelRequest::default(), at("2026-07-11T12:00:00Z")).unwrap();
    assert_eq!(left.booking.status, Status::Completed);
    assert_eq!(left.booking.cancellation.as_ref().unwrap().refund.refund, usd(200_00));
    assert_eq!(left.nights, NightsChange::Release("2026-07-11".parse().unwrap()));
    assert!(left.booking.is_reviewable());
}

#[test]
fn a_host_who_cancels_gives_all_back_and_keeps_no_nights() {
    let booking = confirmed(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z"));
    let paid = booking.price.total;
    let change = booking.cancel(Party::Host, CancelRequest::default(), at("2026-07-09T19:00:00Z")).unwrap();
    let cancellation = change.booking.cancellation.clone().unwrap();
    assert_eq!((cancellation.refund.refund, cancellation.host_fee), (paid, Some(usd(200_00))));
    assert_eq!(change.nights, NightsChange::Block(stay(STAY).check_in()));
    let again = change.booking.cancel(Party::Guest, CancelRequest::default(), at("2026-07-09T19:00:00Z"));
    assert!(matches!(again, Err(MoveError::WrongState { status: Status::Cancelled, .. })));
}

#[rstest]
#[case("2026-07-11T18:59:59Z", false)]
#[case("2026-07-11T19:00:00Z", true)]
#[case("2026-07-14T15:00:00Z", true)]
#[case("2026-07-14T15:00:01Z", false)]
fn a_no_show_is_marked_in_time(#[case] now: &str, #[case] allowed: bool) {
    let booking = confirmed(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z"));
    assert_eq!(booking.no_show(Party::Host, at(now)).is_ok(), allowed);
}

fn asked(
    change: impl FnOnce(&mut PropertyDetails),
    calendar: &Calendar,
    stay: Stay,
    party: Guests,
) -> Vec<&'static str> {
    let found = refusals(&cabin(change), calendar, stay, party, at("2026-03-01T17:00:00Z"));
    found.iter().map(Refusal::code).collect()
}

#[test]
fn every_broken_rule_is_named_at_once() {
    let party = Guests::try_new(5, 1, 9, 2).unwrap();
    let closed = NightRules { closed_to_arrival: true, min_nights: Some(3), ..NightRules::default() };
    let leaving = NightRules { closed_to_departure: true, ..NightRules::default() };
    let day = |text: &str| text.parse().unwrap();
    let taken = NightClaim { night: day("2027-07-12"), kind: ClaimKind::Blocked, booking_id: None };
    let calendar = Calendar::new([(day("2027-07-10"), closed), (day("2027-07-12"), leaving)], [taken]);
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
    assert_eq!(asked(change, &Calendar::default(), stay(dates), guests(1)), expected);
}

#[test]
fn the_propertys_today_counts_not_utcs() {
    let property = cabin(|details| details.time_zone = Some(chrono_tz::Pacific::Auckland));
    let now = at("2026-03-01T17:00:00Z"); // the second of March there
    let found = refusals(&property, &Calendar::default(), stay("2026-03-01/2026-03-02"), guests(1), now);
    assert_eq!(found, [Refusal::Past]);
    assert_eq!(
        night_reason(&property, &Calendar::default(), "2026-03-01".parse().unwrap(), now),
        Some(NightReason::Past)
    );
}

#[test]
fn a_booking_does_not_stand_in_its_own_way() {
    let claims = hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")).booking.claims();
    let calendar = Calendar::new([], claims);
    assert_eq!(asked(|_| {}, &calendar, stay(STAY), guests(1)), ["dates_unavailable"]);
    assert!(asked(|_| {}, &calendar.without(BOOKING), stay(STAY), guests(1)).is_empty());
}

#[test]
fn deadlines_and_holds_use_the_terms_of_the_booking() {
    let booking = hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")).booking;
    let asked = booking.authorized(at("2026-03-01T17:05:00Z")).unwrap().booking;
    assert_eq!(asked.respond_by(), Some(at("2026-03-01T17:05:00Z") + TimeDelta::hours(24)));
    assert_eq!(asked.hold_expires_at(), None);
}
