//! Outcomes of an alteration: applied, charged, refused, dropped.

use chrono::TimeDelta;
use rstest::rstest;
use uuid::Uuid;

use crate::booking::booking::Booking;
use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::change::NightsChange;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::fixtures::{
    alteration, at, cabin, claim_runs, claims_set_by, confirmed, guests, hold, stored,
};
use crate::property::property::Property;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::PaymentEntryId;

const STAY: &str = "2026-07-10/2026-07-14";
const LONGER: &str = "2026-07-12/2026-07-18";
const SHORTER: &str = "2026-07-11/2026-07-13";
const NOW: &str = "2026-06-01T12:00:00Z";
const CHARGE: PaymentEntryId = PaymentEntryId::new(Uuid::from_u128(9));

fn property_with_preparation_night() -> Property {
    cabin(|details| details.stay_rules.preparation_nights = 1)
}

fn proposed(dates: &str) -> Booking {
    let booking = Booking::restore(
        confirmed(
            &property_with_preparation_night(),
            STAY,
            at("2026-03-01T17:00:00Z"),
        )
        .into_record(),
    )
    .unwrap();
    stored(
        booking
            .alter(
                BookingRole::Guest,
                alteration(&property_with_preparation_night(), dates, guests(2)),
                at(NOW),
            )
            .unwrap(),
    )
}

fn charged() -> Booking {
    stored(
        proposed(LONGER)
            .accept_alteration(BookingRole::Host, Some(CHARGE), at(NOW))
            .unwrap(),
    )
}

fn last_history_entry(booking: &Booking) -> (BookingRole, &str) {
    let entry = booking.history.last().unwrap();
    assert_eq!(entry.from, Some(entry.to));
    (entry.by, entry.reason.as_deref().unwrap())
}

#[test]
fn altering_a_hold_applies_at_once_and_keeps_its_expiry() {
    let held = stored(hold(
        &property_with_preparation_night(),
        STAY,
        at("2026-03-01T17:00:00Z"),
    ));
    let new = || alteration(&property_with_preparation_night(), LONGER, guests(3));
    let until = held.hold_expires_at().unwrap();
    let late = held
        .clone()
        .alter(BookingRole::Guest, new(), until + TimeDelta::seconds(1));
    assert_eq!(late, Err(TransitionError::TooLate { until }));
    let change = held
        .clone()
        .alter(BookingRole::Guest, new(), until)
        .unwrap();
    let altered = change.booking();
    assert_eq!(
        (altered.stay, altered.guests, &altered.price),
        (new().price.stay(), guests(3), &*new().price)
    );
    assert_eq!(
        (altered.hold_expires_at(), altered.alteration.as_ref()),
        (Some(until), None)
    );
    assert_eq!(
        (last_history_entry(altered), altered.status),
        (
            (BookingRole::Guest, "altered"),
            BookingStatus::PendingPayment
        )
    );
    let nights = [
        "held 2026-07-12/2026-07-18",
        "preparation 2026-07-18/2026-07-19",
    ];
    assert_eq!(claims_set_by(&change).unwrap(), nights);
}

#[test]
fn proposal_claims_no_nights_and_expires_after_a_day() {
    let booking = Booking::restore(
        confirmed(
            &property_with_preparation_night(),
            STAY,
            at("2026-03-01T17:00:00Z"),
        )
        .into_record(),
    )
    .unwrap();
    let change = booking
        .alter(
            BookingRole::Host,
            alteration(&property_with_preparation_night(), LONGER, guests(2)),
            at(NOW),
        )
        .unwrap();
    assert_eq!(
        (change.nights(), change.notifications().len()),
        (&NightsChange::Keep, 1)
    );
    let asked = change.booking().alteration.clone().unwrap();
    assert_eq!(
        (asked.by, asked.charge, asked.proposed_at),
        (BookingRole::Host, None, at(NOW))
    );
    assert_eq!(asked.expires_at, at(NOW) + TimeDelta::hours(24));
    assert_eq!(change.booking().due_at(), Some(asked.expires_at));
    assert_eq!(change.booking().stay.to_string(), STAY);
    assert_eq!(
        last_history_entry(change.booking()),
        (BookingRole::Host, "alteration proposed")
    );
    let difference = asked.difference(&change.booking().price).unwrap().amount();
    assert_eq!(
        difference,
        asked.price.total.amount() - change.booking().price.total.amount()
    );
}

#[test]
fn cheaper_alteration_is_applied_on_acceptance() {
    for charge in [None, Some(CHARGE)] {
        let change = proposed(SHORTER)
            .accept_alteration(BookingRole::Host, charge, at(NOW))
            .unwrap();
        assert_eq!(
            (
                change.booking().stay.to_string().as_str(),
                &change.booking().alteration
            ),
            (SHORTER, &None)
        );
        assert_eq!(
            change.booking().price,
            *alteration(&property_with_preparation_night(), SHORTER, guests(2)).price
        );
        assert_eq!(
            last_history_entry(change.booking()),
            (BookingRole::Host, "alteration accepted")
        );
        let nights = [
            "booked 2026-07-11/2026-07-13",
            "preparation 2026-07-13/2026-07-14",
        ];
        assert_eq!(claims_set_by(&change).unwrap(), nights);
    }
}

#[test]
fn dearer_alteration_claims_old_and_new_nights_until_captured() {
    let needed = proposed(LONGER).accept_alteration(BookingRole::Host, None, at(NOW));
    assert_eq!(needed, Err(TransitionError::ChargeNeeded));
    let change = proposed(LONGER)
        .accept_alteration(BookingRole::Host, Some(CHARGE), at(NOW))
        .unwrap();
    assert!(change.booking().awaits_alteration_charge());
    assert_eq!(change.booking().stay.to_string(), STAY);
    let both = [
        "booked 2026-07-10/2026-07-18",
        "preparation 2026-07-18/2026-07-19",
    ];
    assert_eq!(
        (
            claims_set_by(&change).unwrap(),
            claim_runs(&change.booking().claims())
        ),
        (both.map(String::from).into(), both.map(String::from).into())
    );
    assert_eq!(change.booking().due_at(), Some(change.booking().ends_at()));
    let other = PaymentEntryId::new(Uuid::from_u128(10));
    let booking = stored(change);
    assert_eq!(
        booking.clone().record_alteration_capture(other, at(NOW)),
        Err(TransitionError::NoAlteration)
    );
    let paid = booking
        .record_alteration_capture(CHARGE, at(NOW) + TimeDelta::days(3))
        .unwrap();
    assert_eq!(
        (
            paid.booking().stay.to_string().as_str(),
            &paid.booking().alteration
        ),
        (LONGER, &None)
    );
    assert_eq!(
        last_history_entry(paid.booking()),
        (BookingRole::System, "alteration paid")
    );
    let nights = [
        "booked 2026-07-12/2026-07-18",
        "preparation 2026-07-18/2026-07-19",
    ];
    assert_eq!(claims_set_by(&paid).unwrap(), nights);
    assert_eq!(
        paid.booking().record_alteration_capture(CHARGE, at(NOW)),
        Err(TransitionError::NoAlteration)
    );
}

#[test]
fn declined_charge_leaves_the_booking_unchanged() {
    let (before, now) = (proposed(LONGER), at(NOW));
    let change = charged()
        .record_alteration_decline(CHARGE, "card_declined".into(), now)
        .unwrap();
    let after = change.booking();
    assert_eq!(
        (after.stay, &after.price, after.alteration.as_ref()),
        (before.stay, &before.price, None)
    );
    assert_eq!(
        last_history_entry(after),
        (BookingRole::System, "alteration refused: card_declined")
    );
    let nights = [
        "booked 2026-07-10/2026-07-14",
        "preparation 2026-07-14/2026-07-15",
    ];
    assert_eq!(claims_set_by(&change).unwrap(), nights);
    let again = change
        .booking()
        .record_alteration_decline(CHARGE, "card_declined".into(), now);
    assert_eq!(again, Err(TransitionError::NoAlteration));
}

#[rstest]
#[case("2026-06-02T12:00:00Z", true)]
#[case("2026-06-02T12:00:01Z", false)]
fn proposal_is_accepted_only_before_it_expires(#[case] now: &str, #[case] in_time: bool) {
    let result = proposed(SHORTER).accept_alteration(BookingRole::Host, None, at(now));
    let until = at("2026-06-02T12:00:00Z");
    assert_eq!(
        result.err(),
        (!in_time).then_some(TransitionError::TooLate { until })
    );
}

#[test]
fn unanswered_proposal_expires() {
    let (booking, due) = (proposed(LONGER), at("2026-06-02T12:00:00Z"));
    let early = booking.clone().time_out(due - TimeDelta::seconds(1));
    assert_eq!(early, Err(TransitionError::TooEarly { from: due }));
    let change = booking.time_out(due).unwrap();
    assert_eq!(
        (change.booking().status, &change.booking().alteration),
        (BookingStatus::Confirmed, &None)
    );
    assert_eq!(
        last_history_entry(change.booking()),
        (BookingRole::System, "alteration expired")
    );
    assert_eq!(change.nights().clone(), NightsChange::Keep);
    assert_eq!(change.booking().due_at(), Some(change.booking().ends_at()));
    let waiting = charged().time_out(due);
    assert_eq!(
        waiting,
        Err(TransitionError::TooEarly {
            from: charged().ends_at()
        })
    );
}

#[test]
fn ended_booking_drops_its_alteration() {
    let request = CancelRequest::default;
    for booking in [proposed(LONGER), charged()] {
        for by in [BookingRole::Guest, BookingRole::Admin] {
            let change = booking.clone().cancel(by, request(), at(NOW)).unwrap();
            assert_eq!(
                (&change.booking().alteration, claims_set_by(&change)),
                (&None, Some(Vec::new()))
            );
            assert_eq!(
                change.booking().record_alteration_capture(CHARGE, at(NOW)),
                Err(TransitionError::NoAlteration)
            );
        }
        let blocked = booking
            .clone()
            .cancel(BookingRole::Host, request(), at(NOW))
            .unwrap();
        assert_eq!(
            claims_set_by(&blocked).unwrap(),
            ["blocked 2026-07-10/2026-07-14"]
        );
        let over = booking.ends_at();
        let completed = booking.time_out(over).unwrap();
        assert_eq!(
            (
                completed.booking().status,
                completed.booking().alteration.as_ref()
            ),
            (BookingStatus::Completed, None)
        );
        let kept = [
            "booked 2026-07-10/2026-07-14",
            "preparation 2026-07-14/2026-07-15",
        ];
        assert_eq!(claim_runs(&completed.booking().claims()), kept);
    }
}
