//! Requests to the host: acceptance, refusal and deadlines.

use chrono::TimeDelta;

use crate::booking::booking::Booking;
use crate::booking::change::NightsChange;
use crate::booking::lifecycle::lifecycle_tests::{STAY, asked, cabin_with_preparation_night, set};
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::fixtures::{at, cabin, claims_set_by, stay, stored};
use crate::shared::booking_role::BookingRole;

#[test]
fn the_host_accepts_in_time_and_the_capture_confirms() {
    let (booking, last) = (asked(&cabin(|_| {})), at("2026-03-02T17:05:00Z"));
    let late = booking
        .clone()
        .begin_acceptance(BookingRole::Host, last + TimeDelta::seconds(1));
    assert_eq!(late, Err(TransitionError::TooLate { until: last }));
    for by in [BookingRole::Guest, BookingRole::Admin, BookingRole::System] {
        assert_eq!(
            booking.clone().begin_acceptance(by, last),
            Err(TransitionError::NotAllowed)
        );
    }
    let yes = booking.begin_acceptance(BookingRole::Host, last).unwrap();
    assert_eq!(
        (yes.booking().status, yes.booking().version),
        (BookingStatus::AwaitingHost, 3)
    );
    assert_eq!(
        (yes.nights(), yes.notifications().len()),
        (&NightsChange::Keep, 0)
    );
    let sure = stored(yes)
        .confirm_acceptance("ABCDEFGHJK".into(), last + TimeDelta::hours(1))
        .unwrap();
    assert_eq!(
        (sure.booking().status, sure.booking().version),
        (BookingStatus::Confirmed, 4)
    );
    assert_eq!(sure.booking().history.last().unwrap().by, BookingRole::Host);
    assert_eq!(claims_set_by(&sure), set(&["booked 2026-07-10/2026-07-14"]));
    let again = sure.booking().begin_acceptance(BookingRole::Host, last);
    assert!(matches!(
        again,
        Err(TransitionError::WrongState {
            status: BookingStatus::Confirmed,
            ..
        })
    ));
}

#[test]
fn the_host_declines_and_the_nights_are_free() {
    let (booking, now) = (
        asked(&cabin_with_preparation_night()),
        at("2026-03-02T08:00:00Z"),
    );
    assert_eq!(
        booking.clone().decline(BookingRole::Guest, None, now),
        Err(TransitionError::NotAllowed)
    );
    let no = booking
        .decline(BookingRole::Host, Some("painters".into()), now)
        .unwrap();
    assert_eq!(
        (no.booking().status, claims_set_by(&no)),
        (BookingStatus::Declined, set(&[]))
    );
    assert_eq!(
        no.booking().history.last().unwrap().reason.as_deref(),
        Some("painters")
    );
    assert!(no.booking().confirm_acceptance("X".into(), now).is_err());
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
    assert_eq!(
        Booking::restore(record).unwrap().respond_by(),
        Some(at("2026-07-10T19:00:00Z"))
    );
    assert_eq!(stay(STAY).nights(), 4);
}
