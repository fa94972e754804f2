//! Booking life cycle, transition by transition.

use chrono::TimeDelta;
use rstest::rstest;

use crate::booking::booking::Booking;
use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::change::NightsChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::fixtures::{at, cabin, claim_runs, claims_set_by, confirmed, hold, stay, stored, usd};
use crate::property::property::Property;
use crate::shared::basis_points::BasisPoints;
use crate::shared::booking_role::BookingRole;

pub(super) const STAY: &str = "2026-07-10/2026-07-14";
const BOOKED_AT: &str = "2026-03-01T17:00:00Z";

/// The cabin with one preparation night after each stay.
pub(super) fn cabin_with_preparation_night() -> Property {
    cabin(|details| details.stay_rules.preparation_nights = 1)
}

pub(super) fn asked(property: &Property) -> Booking {
    stored(
        stored(hold(property, STAY, at(BOOKED_AT)))
            .record_authorization(at("2026-03-01T17:05:00Z"))
            .unwrap(),
    )
}

pub(super) fn set(runs: &[&str]) -> Option<Vec<String>> {
    Some(runs.iter().map(|&run| run.to_owned()).collect())
}

#[test]
fn a_hold_claims_its_nights_and_the_preparation_in_order() {
    let change = hold(&cabin_with_preparation_night(), STAY, at(BOOKED_AT));
    assert_eq!(
        claims_set_by(&change),
        set(&[
            "held 2026-07-10/2026-07-14",
            "preparation 2026-07-14/2026-07-15"
        ])
    );
    let NightsChange::Set(claims) = change.nights().clone() else {
        panic!("{:?}", change.nights().clone())
    };
    assert!(claims.is_sorted_by_key(|claim| claim.night));
}

#[test]
fn hold_expires_after_fifteen_minutes_and_releases_its_nights() {
    let booking = stored(hold(&cabin(|_| {}), STAY, at(BOOKED_AT)));
    assert_eq!(booking.due_at(), Some(at("2026-03-01T17:15:00Z")));
    let early = booking.clone().time_out(at("2026-03-01T17:14:59Z"));
    assert_eq!(
        early,
        Err(TransitionError::TooEarly {
            from: at("2026-03-01T17:15:00Z")
        })
    );
    let expired = booking.time_out(at("2026-03-01T17:15:00Z")).unwrap();
    assert_eq!(
        (expired.booking().status, expired.booking().version),
        (BookingStatus::Expired, 2)
    );
    assert_eq!(claims_set_by(&expired), set(&[]));
    assert!(matches!(
        expired
            .booking()
            .record_capture("X".into(), at("2026-03-01T17:16:00Z")),
        Err(TransitionError::WrongState { .. })
    ));
}

#[test]
fn many_commands_before_a_commit_make_one_version() {
    let held = hold(&cabin(|_| {}), STAY, at(BOOKED_AT)).into_booking();
    assert_eq!(held.version, 1);
    let sure = held
        .record_capture("ABCDEFGHJK".into(), at(BOOKED_AT))
        .unwrap();
    assert_eq!(sure.booking().version, 1);
    let read = stored(sure);
    let inside = read
        .clone()
        .check_in(BookingRole::Guest, at("2026-07-10T19:00:00Z"))
        .unwrap()
        .into_booking();
    let left = inside
        .clone()
        .check_out(BookingRole::Guest, at("2026-07-14T12:00:00Z"))
        .unwrap()
        .into_booking();
    assert_eq!((read.version, inside.version, left.version), (1, 2, 2));
    assert_eq!(Booking::restore(left.clone().into_record()).unwrap(), left);
    assert_ne!(left, inside);
}

#[test]
fn stay_runs_from_check_in_to_completion() {
    let booking = confirmed(&cabin_with_preparation_night(), STAY, at(BOOKED_AT));
    assert_eq!(booking.due_at(), Some(at("2026-07-14T15:00:00Z"))); // 11:00 in New York
    let early = booking
        .clone()
        .check_in(BookingRole::Guest, at("2026-07-10T18:59:59Z"));
    assert_eq!(
        early,
        Err(TransitionError::TooEarly {
            from: at("2026-07-10T19:00:00Z")
        })
    );
    assert_eq!(
        booking
            .clone()
            .check_in(BookingRole::Admin, at("2026-07-10T19:00:00Z")),
        Err(TransitionError::NotAllowed)
    );
    let inside = booking
        .check_in(BookingRole::Guest, at("2026-07-10T19:00:00Z"))
        .unwrap()
        .into_booking();
    assert_eq!(inside.due_at(), Some(at("2026-07-15T04:00:00Z")));
    let early = inside
        .clone()
        .check_out(BookingRole::Host, at("2026-07-14T03:59:59Z"));
    let from = at("2026-07-14T04:00:00Z");
    assert_eq!(early, Err(TransitionError::BeforeDeparture { from }));
    let left = inside.clone().check_out(BookingRole::Host, from).unwrap();
    assert_eq!(
        (
            left.booking().status,
            &left.booking().cancellation,
            left.nights()
        ),
        (BookingStatus::Completed, &None, &NightsChange::Keep)
    );
    let completed = inside.time_out(at("2026-07-15T04:00:00Z")).unwrap();
    assert_eq!(
        (completed.booking().status, completed.nights().clone()),
        (BookingStatus::Completed, NightsChange::Keep)
    );
}

#[test]
fn a_guest_who_leaves_early_completes_the_stay() {
    let booking = confirmed(&cabin(|_| {}), STAY, at(BOOKED_AT));
    let inside = booking
        .check_in(BookingRole::Guest, at("2026-07-10T19:00:00Z"))
        .unwrap()
        .into_booking();
    let now = at("2026-07-11T12:00:00Z");
    let cancelled = inside
        .clone()
        .cancel(BookingRole::Guest, CancelRequest::default(), now)
        .unwrap();
    let checked_out = inside.check_out(BookingRole::Guest, now).unwrap();
    for left in [&cancelled, &checked_out] {
        assert_eq!(left.booking().status, BookingStatus::Completed);
        assert_eq!(
            left.booking().cancellation.as_ref().unwrap().refund.refund,
            usd(200_00)
        );
        assert_eq!(claims_set_by(left), set(&["booked 2026-07-10/2026-07-12"]));
        assert!(left.booking().is_reviewable());
    }
    assert_eq!(
        cancelled.booking().cancellation,
        checked_out.booking().cancellation
    );
}

#[rstest]
#[case("2026-07-09T19:00:00Z", &["blocked 2026-07-10/2026-07-14"])]
#[case("2026-07-12T12:00:00Z", &["booked 2026-07-10/2026-07-12", "blocked 2026-07-12/2026-07-14"])]
fn nights_cancelled_by_the_host_stay_blocked(#[case] now: &str, #[case] nights: &[&str]) {
    let booking = confirmed(&cabin_with_preparation_night(), STAY, at(BOOKED_AT));
    let paid = booking.price.total;
    let change = booking
        .cancel(BookingRole::Host, CancelRequest::default(), at(now))
        .unwrap();
    let cancellation = change.booking().cancellation.clone().unwrap();
    assert_eq!(cancellation.refund.refund, paid);
    assert!(
        cancellation
            .host_fee
            .is_some_and(|fee| fee.amount() >= 50_00)
    );
    assert_eq!(claims_set_by(&change), set(nights));
    let again = change
        .booking()
        .cancel(BookingRole::Guest, CancelRequest::default(), at(now));
    assert!(matches!(
        again,
        Err(TransitionError::WrongState {
            status: BookingStatus::Cancelled,
            ..
        })
    ));
}

#[rstest]
#[case(BookingRole::Guest, "2026-07-09T19:00:00Z", &[])]
#[case(BookingRole::Guest, "2026-07-10T19:00:00Z", &[])] // the check-in time itself: nothing is stayed
#[case(BookingRole::Guest, "2026-07-10T19:00:01Z", &["booked 2026-07-10/2026-07-12", "preparation 2026-07-12/2026-07-13"])]
#[case(BookingRole::Admin, "2026-07-14T12:00:00Z", &["booked 2026-07-10/2026-07-14", "preparation 2026-07-14/2026-07-15"])]
fn nights_already_stayed_stay_booked(
    #[case] by: BookingRole,
    #[case] now: &str,
    #[case] nights: &[&str],
) {
    let booking = confirmed(&cabin_with_preparation_night(), STAY, at(BOOKED_AT));
    let change = booking
        .cancel(by, CancelRequest::default(), at(now))
        .unwrap();
    assert_eq!(claim_runs(&change.booking().claims()), set(nights).unwrap());
}

#[rstest]
#[case("2026-07-11T18:59:59Z", false)]
#[case("2026-07-11T19:00:00Z", true)]
#[case("2026-07-14T15:00:00Z", true)]
#[case("2026-07-15T15:00:00Z", true)]
#[case("2026-07-15T15:00:01Z", false)]
fn no_show_is_marked_only_within_its_window(#[case] now: &str, #[case] allowed: bool) {
    let booking = confirmed(&cabin_with_preparation_night(), STAY, at(BOOKED_AT));
    let change = booking.no_show(BookingRole::Host, at(now));
    assert_eq!(change.is_ok(), allowed);
    // The paid nights stay claimed; only the preparation night is released.
    assert!(
        change.is_ok_and(|change| claims_set_by(&change) == set(&["booked 2026-07-10/2026-07-14"]))
            == allowed
    );
}

#[rstest]
#[case("2026-07-11T14:59:59Z", false)] // 10:59:59 in New York
#[case("2026-07-11T15:00:00Z", true)]
#[case("2026-07-12T15:00:00Z", true)]
#[case("2026-07-12T15:00:01Z", false)]
fn no_show_of_one_night_is_marked_from_the_end_of_the_stay_although_it_completed_by_time(
    #[case] now: &str,
    #[case] allowed: bool,
) {
    let booking = confirmed(&cabin(|_| {}), "2026-07-10/2026-07-11", at(BOOKED_AT));
    assert_eq!(booking.due_at(), Some(at("2026-07-11T15:00:00Z")));
    let marked = booking.clone().no_show(BookingRole::Host, at(now));
    assert_eq!(marked.is_ok(), allowed);
    if at(now) < at("2026-07-11T15:00:00Z") {
        return;
    }
    let completed = booking.time_out(at("2026-07-11T15:00:00Z")).unwrap();
    let marked = completed.booking().no_show(BookingRole::Host, at(now));
    let expected = if allowed {
        Ok((BookingStatus::NoShow, NightsChange::Keep))
    } else {
        let until = at("2026-07-12T15:00:00Z");
        Err(TransitionError::TooLate { until })
    };
    assert_eq!(
        marked.map(|it| (it.booking().status, it.nights().clone())),
        expected
    );
}

#[test]
fn a_stay_that_was_marked_is_no_longer_a_no_show() {
    let booking = confirmed(&cabin(|_| {}), STAY, at(BOOKED_AT));
    let inside = booking
        .check_in(BookingRole::Host, at("2026-07-10T19:00:00Z"))
        .unwrap();
    let completed = inside
        .booking()
        .time_out(at("2026-07-15T04:00:00Z"))
        .unwrap();
    assert!(matches!(
        completed
            .booking()
            .no_show(BookingRole::Host, at("2026-07-15T05:00:00Z")),
        Err(TransitionError::WrongState {
            status: BookingStatus::Completed,
            ..
        })
    ));
}

#[test]
fn a_request_never_outlives_its_check_in_time() {
    let now = at("2026-07-10T10:00:00Z");
    let asked = stored(
        stored(hold(&cabin(|_| {}), STAY, now))
            .record_authorization(now)
            .unwrap(),
    );
    let check_in = at("2026-07-10T19:00:00Z");
    assert_eq!(
        (asked.respond_by(), asked.due_at()),
        (Some(check_in), Some(check_in))
    );
    let late = asked
        .clone()
        .begin_acceptance(BookingRole::Host, check_in + TimeDelta::seconds(1));
    assert_eq!(late, Err(TransitionError::TooLate { until: check_in }));
    let expired = asked.time_out(check_in).unwrap();
    assert_eq!(
        (expired.booking().status, claims_set_by(&expired)),
        (BookingStatus::Expired, set(&[]))
    );
}

/// Ten nights at 100.00, cancelled on day 3 at 12:00 UTC, before its check-in time: two nights are
/// stayed.
#[rstest]
#[case(RefundPolicy::Flexible, BookingRole::Guest, None, 3)] // stayed + 1
#[case(RefundPolicy::Moderate, BookingRole::Guest, None, 7)] // stayed + 1, and half of the other 7
#[case(RefundPolicy::Strict, BookingRole::Guest, None, 10)]
#[case(RefundPolicy::NonRefundable, BookingRole::Guest, None, 10)]
#[case(RefundPolicy::Strict, BookingRole::Admin, None, 2)]
#[case(RefundPolicy::Strict, BookingRole::Admin, Some(3_000), 7)]
#[case(RefundPolicy::Strict, BookingRole::Admin, Some(0), 10)]
fn nights_paid_and_not_refunded_stay_claimed(
    #[case] policy: RefundPolicy,
    #[case] by: BookingRole,
    #[case] share: Option<u32>,
    #[case] kept: u64,
) {
    let booking = confirmed(&cabin(|_| {}), "2026-07-10/2026-07-20", at(BOOKED_AT));
    let mut record = booking.into_record();
    (record.policy, record.conditions.short_stay_policy) = (policy, policy);
    let request = CancelRequest {
        reason: None,
        granted: share.map(|share| BasisPoints::try_new(share).unwrap()),
    };
    let change = Booking::restore(record)
        .unwrap()
        .cancel(by, request, at("2026-07-12T12:00:00Z"))
        .unwrap();
    let end = stay("2026-07-10/2026-07-20").check_in() + chrono::Days::new(kept);
    assert_eq!(
        claim_runs(&change.booking().claims()),
        [format!("booked 2026-07-10/{end}")]
    );
}

#[test]
fn a_cancellation_by_the_guest_before_check_in_releases_all_nights_without_a_refund() {
    let booking = confirmed(&cabin(|_| {}), STAY, at(BOOKED_AT));
    let mut record = booking.into_record();
    record.policy = RefundPolicy::NonRefundable;
    record.conditions.short_stay_policy = record.policy;
    let change = Booking::restore(record)
        .unwrap()
        .cancel(
            BookingRole::Guest,
            CancelRequest::default(),
            at("2026-07-10T18:59:59Z"),
        )
        .unwrap();
    assert_eq!(
        change
            .booking()
            .cancellation
            .as_ref()
            .unwrap()
            .refund
            .refund,
        usd(0)
    );
    assert_eq!(claims_set_by(&change), set(&[]));
}
