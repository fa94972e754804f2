//! Booking life cycle, transition by transition.

use chrono::TimeDelta;
use rstest::rstest;

use super::{Booking, CancelRequest, MoveError, NightsChange, Status};
use crate::fixtures::{at, cabin, confirmed, hold, runs, set_by, stay, stored, usd};
use crate::property::Property;
use crate::shared::Party;

const STAY: &str = "2026-07-10/2026-07-14";
const BOOKED_AT: &str = "2026-03-01T17:00:00Z";

/// The cabin with one preparation night after each stay.
fn tidy_cabin() -> Property {
    cabin(|details| details.stay_rules.preparation_nights = 1)
}

fn asked(property: &Property) -> Booking {
    stored(
        stored(hold(property, STAY, at(BOOKED_AT)))
            .authorized(at("2026-03-01T17:05:00Z"))
            .unwrap(),
    )
}

fn set(runs: &[&str]) -> Option<Vec<String>> {
    Some(runs.iter().map(|&run| run.to_owned()).collect())
}

#[test]
fn a_hold_claims_its_nights_and_the_preparation_in_order() {
    let change = hold(&tidy_cabin(), STAY, at(BOOKED_AT));
    assert_eq!(
        set_by(&change),
        set(&[
            "held 2026-07-10/2026-07-14",
            "preparation 2026-07-14/2026-07-15"
        ])
    );
    let NightsChange::Set(claims) = change.nights else {
        panic!("{:?}", change.nights)
    };
    assert!(claims.is_sorted_by_key(|claim| claim.night));
}

#[test]
fn a_hold_expires_after_fifteen_minutes_and_gives_its_nights_up() {
    let booking = stored(hold(&cabin(|_| {}), STAY, at(BOOKED_AT)));
    assert_eq!(booking.due_at(), Some(at("2026-03-01T17:15:00Z")));
    let early = booking.clone().time_out(at("2026-03-01T17:14:59Z"));
    assert_eq!(
        early,
        Err(MoveError::TooEarly {
            from: at("2026-03-01T17:15:00Z")
        })
    );
    let expired = booking.time_out(at("2026-03-01T17:15:00Z")).unwrap();
    assert_eq!(
        (expired.booking.status, expired.booking.version),
        (Status::Expired, 2)
    );
    assert_eq!(set_by(&expired), set(&[]));
    assert!(matches!(
        expired
            .booking
            .captured("X".into(), at("2026-03-01T17:16:00Z")),
        Err(MoveError::WrongState { .. })
    ));
}

#[test]
fn any_number_of_moves_before_it_is_stored_makes_one_version() {
    let held = hold(&cabin(|_| {}), STAY, at(BOOKED_AT)).booking;
    assert_eq!(held.version, 1);
    let sure = held.captured("ABCDEFGHJK".into(), at(BOOKED_AT)).unwrap();
    assert_eq!(sure.booking.version, 1);
    let read = stored(sure);
    let inside = read
        .clone()
        .check_in(Party::Guest, at("2026-07-10T19:00:00Z"))
        .unwrap()
        .booking;
    let left = inside
        .clone()
        .check_out(Party::Guest, at("2026-07-14T12:00:00Z"))
        .unwrap()
        .booking;
    assert_eq!((read.version, inside.version, left.version), (1, 2, 2));
    assert_eq!(Booking::restore(left.clone().into_record()), left);
    assert_ne!(left, inside);
}

#[test]
fn a_stay_is_lived_through_in_time() {
    let booking = confirmed(&tidy_cabin(), STAY, at(BOOKED_AT));
    assert_eq!(booking.due_at(), Some(at("2026-07-14T15:00:00Z"))); // 11:00 in New York
    let early = booking
        .clone()
        .check_in(Party::Guest, at("2026-07-10T18:59:59Z"));
    assert_eq!(
        early,
        Err(MoveError::TooEarly {
            from: at("2026-07-10T19:00:00Z")
        })
    );
    assert_eq!(
        booking
            .clone()
            .check_in(Party::Admin, at("2026-07-10T19:00:00Z")),
        Err(MoveError::NotAllowed)
    );
    let inside = booking
        .check_in(Party::Guest, at("2026-07-10T19:00:00Z"))
        .unwrap()
        .booking;
    assert_eq!(inside.due_at(), Some(at("2026-07-15T04:00:00Z")));
    let left = inside
        .clone()
        .check_out(Party::Host, at("2026-07-12T13:00:00Z"))
        .unwrap();
    assert_eq!(
        set_by(&left),
        set(&[
            "booked 2026-07-10/2026-07-12",
            "preparation 2026-07-12/2026-07-13"
        ])
    );
    let completed = inside.time_out(at("2026-07-15T04:00:00Z")).unwrap();
    assert_eq!(
        (completed.booking.status, completed.nights),
        (Status::Completed, NightsChange::Keep)
    );
}

#[test]
fn a_guest_who_leaves_early_completes_the_stay() {
    let booking = confirmed(&cabin(|_| {}), STAY, at(BOOKED_AT));
    let inside = booking
        .check_in(Party::Guest, at("2026-07-10T19:00:00Z"))
        .unwrap()
        .booking;
    let left = inside
        .cancel(
            Party::Guest,
            CancelRequest::default(),
            at("2026-07-11T12:00:00Z"),
        )
        .unwrap();
    assert_eq!(left.booking.status, Status::Completed);
    assert_eq!(
        left.booking.cancellation.as_ref().unwrap().refund.refund,
        usd(200_00)
    );
    assert_eq!(set_by(&left), set(&["booked 2026-07-10/2026-07-11"]));
    assert!(left.booking.is_reviewable());
}

#[rstest]
#[case("2026-07-09T19:00:00Z", &["blocked 2026-07-10/2026-07-15"])]
#[case("2026-07-12T12:00:00Z", &["booked 2026-07-10/2026-07-12", "blocked 2026-07-12/2026-07-15"])]
fn what_a_host_cancels_stays_blocked(#[case] now: &str, #[case] nights: &[&str]) {
    let booking = confirmed(&tidy_cabin(), STAY, at(BOOKED_AT));
    let paid = booking.price.total;
    let change = booking
        .cancel(Party::Host, CancelRequest::default(), at(now))
        .unwrap();
    let cancellation = change.booking.cancellation.clone().unwrap();
    assert_eq!(cancellation.refund.refund, paid);
    assert!(
        cancellation
            .host_fee
            .is_some_and(|fee| fee.amount() >= 50_00)
    );
    assert_eq!(set_by(&change), set(nights));
    let again = change
        .booking
        .cancel(Party::Guest, CancelRequest::default(), at(now));
    assert!(matches!(
        again,
        Err(MoveError::WrongState {
            status: Status::Cancelled,
            ..
        })
    ));
}

#[rstest]
#[case(Party::Guest, "2026-07-09T19:00:00Z", &[])]
#[case(Party::Guest, "2026-07-10T19:00:00Z", &[])] // the check-in time itself: nothing is stayed
#[case(Party::Guest, "2026-07-10T19:00:01Z", &["booked 2026-07-10/2026-07-11", "preparation 2026-07-11/2026-07-12"])]
#[case(Party::Admin, "2026-07-14T12:00:00Z", &["booked 2026-07-10/2026-07-14", "preparation 2026-07-14/2026-07-15"])]
fn what_was_stayed_stays_booked(#[case] by: Party, #[case] now: &str, #[case] nights: &[&str]) {
    let booking = confirmed(&tidy_cabin(), STAY, at(BOOKED_AT));
    let change = booking
        .cancel(by, CancelRequest::default(), at(now))
        .unwrap();
    assert_eq!(runs(&change.booking.claims()), set(nights).unwrap());
}

#[rstest]
#[case("2026-07-11T18:59:59Z", false)]
#[case("2026-07-11T19:00:00Z", true)]
#[case("2026-07-14T15:00:00Z", true)]
#[case("2026-07-14T15:00:01Z", false)]
fn a_no_show_is_marked_in_time(#[case] now: &str, #[case] allowed: bool) {
    let booking = confirmed(&tidy_cabin(), STAY, at(BOOKED_AT));
    let change = booking.no_show(Party::Host, at(now));
    assert_eq!(change.is_ok(), allowed);
    let freed = change.ok().filter(|_| now == "2026-07-11T19:00:00Z");
    assert!(freed.is_none_or(|change| set_by(&change) == set(&["booked 2026-07-10/2026-07-11"])));
}

#[test]
fn the_host_accepts_in_time_and_the_capture_confirms() {
    let (booking, last) = (asked(&cabin(|_| {})), at("2026-03-02T17:05:00Z"));
    let late = booking
        .clone()
        .accepting(Party::Host, last + TimeDelta::seconds(1));
    assert_eq!(late, Err(MoveError::TooLate { until: last }));
    for by in [Party::Guest, Party::Admin, Party::System] {
        assert_eq!(
            booking.clone().accepting(by, last),
            Err(MoveError::NotAllowed)
        );
    }
    let yes = booking.accepting(Party::Host, last).unwrap();
    assert_eq!(
        (yes.booking.status, yes.booking.version),
        (Status::AwaitingHost, 3)
    );
    assert_eq!((&yes.nights, yes.notices.len()), (&NightsChange::Keep, 0));
    let sure = stored(yes)
        .accepted("ABCDEFGHJK".into(), last + TimeDelta::hours(1))
        .unwrap();
    assert_eq!(
        (sure.booking.status, sure.booking.version),
        (Status::Confirmed, 4)
    );
    assert_eq!(sure.booking.history.last().unwrap().by, Party::Host);
    assert_eq!(set_by(&sure), set(&["booked 2026-07-10/2026-07-14"]));
    let again = sure.booking.accepting(Party::Host, last);
    assert!(matches!(
        again,
        Err(MoveError::WrongState {
            status: Status::Confirmed,
            ..
        })
    ));
}

#[test]
fn the_host_declines_and_the_nights_are_free() {
    let (booking, now) = (asked(&tidy_cabin()), at("2026-03-02T08:00:00Z"));
    assert_eq!(
        booking.clone().decline(Party::Guest, None, now),
        Err(MoveError::NotAllowed)
    );
    let no = booking
        .decline(Party::Host, Some("painters".into()), now)
        .unwrap();
    assert_eq!(
        (no.booking.status, set_by(&no)),
        (Status::Declined, set(&[]))
    );
    assert_eq!(
        no.booking.history.last().unwrap().reason.as_deref(),
        Some("painters")
    );
    assert!(no.booking.accepted("X".into(), now).is_err());
}

#[test]
fn deadlines_and_holds_use_the_terms_of_the_booking() {
    let booking = asked(&cabin(|_| {}));
    assert_eq!(
        booking.respond_by(),
        Some(at("2026-03-01T17:05:00Z") + TimeDelta::hours(24))
    );
    assert_eq!(
        (booking.hold_expires_at(), booking.due_at()),
        (None, booking.respond_by())
    );
    let mut record = booking.into_record();
    record.terms.request_hours = u32::MAX;
    assert!(Booking::restore(record).respond_by() > Some(at("2200-12-31T00:00:00Z")));
    assert_eq!(stay(STAY).nights(), 4);
}
