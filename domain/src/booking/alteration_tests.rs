//! Outcomes of an alteration: applied, charged, refused, dropped.

use chrono::TimeDelta;
use rstest::rstest;
use uuid::Uuid;

use super::{Booking, CancelRequest, MoveError, NightsChange, Status};
use crate::fixtures::{alteration, at, cabin, confirmed, guests, hold, runs, set_by, stored};
use crate::property::Property;
use crate::shared::{Party, PaymentEntryId};

const STAY: &str = "2026-07-10/2026-07-14";
const LONGER: &str = "2026-07-12/2026-07-18";
const SHORTER: &str = "2026-07-11/2026-07-13";
const NOW: &str = "2026-06-01T12:00:00Z";
const CHARGE: PaymentEntryId = PaymentEntryId::new(Uuid::from_u128(9));

fn house() -> Property {
    cabin(|details| details.stay_rules.preparation_nights = 1)
}

fn proposed(dates: &str) -> Booking {
    let booking =
        Booking::restore(confirmed(&house(), STAY, at("2026-03-01T17:00:00Z")).into_record());
    stored(
        booking
            .alter(
                Party::Guest,
                alteration(&house(), dates, guests(2)),
                at(NOW),
            )
            .unwrap(),
    )
}

fn charged() -> Booking {
    stored(
        proposed(LONGER)
            .accept_alteration(Party::Host, Some(CHARGE), at(NOW))
            .unwrap(),
    )
}

fn last(booking: &Booking) -> (Party, &str) {
    let entry = booking.history.last().unwrap();
    assert_eq!(entry.from, Some(entry.to));
    (entry.by, entry.reason.as_deref().unwrap())
}

#[test]
fn a_hold_is_altered_at_once_and_not_renewed() {
    let held = stored(hold(&house(), STAY, at("2026-03-01T17:00:00Z")));
    let new = || alteration(&house(), LONGER, guests(3));
    let until = held.hold_expires_at().unwrap();
    let late = held
        .clone()
        .alter(Party::Guest, new(), until + TimeDelta::seconds(1));
    assert_eq!(late, Err(MoveError::TooLate { until }));
    let change = held.clone().alter(Party::Guest, new(), until).unwrap();
    let altered = &change.booking;
    assert_eq!(
        (altered.stay, altered.guests, &altered.price),
        (new().stay, guests(3), &new().price)
    );
    assert_eq!(
        (altered.hold_expires_at(), altered.alteration.as_ref()),
        (Some(until), None)
    );
    assert_eq!(
        (last(altered), altered.status),
        ((Party::Guest, "altered"), Status::PendingPayment)
    );
    let nights = [
        "held 2026-07-12/2026-07-18",
        "preparation 2026-07-18/2026-07-19",
    ];
    assert_eq!(set_by(&change).unwrap(), nights);
}

#[test]
fn a_proposal_holds_no_nights_and_awaits_an_answer_for_a_day() {
    let booking =
        Booking::restore(confirmed(&house(), STAY, at("2026-03-01T17:00:00Z")).into_record());
    let change = booking
        .alter(
            Party::Host,
            alteration(&house(), LONGER, guests(2)),
            at(NOW),
        )
        .unwrap();
    assert_eq!(
        (&change.nights, change.notices.len()),
        (&NightsChange::Keep, 1)
    );
    let asked = change.booking.alteration.clone().unwrap();
    assert_eq!(
        (asked.by, asked.charge, asked.proposed_at),
        (Party::Host, None, at(NOW))
    );
    assert_eq!(asked.expires_at, at(NOW) + TimeDelta::hours(24));
    assert_eq!(change.booking.due_at(), Some(asked.expires_at));
    assert_eq!(change.booking.stay.to_string(), STAY);
    assert_eq!(last(&change.booking), (Party::Host, "alteration proposed"));
    let difference = asked.difference(&change.booking.price).unwrap().amount();
    assert_eq!(
        difference,
        asked.price.total.amount() - change.booking.price.total.amount()
    );
}

#[test]
fn what_costs_no_more_is_applied_when_accepted() {
    for charge in [None, Some(CHARGE)] {
        let change = proposed(SHORTER)
            .accept_alteration(Party::Host, charge, at(NOW))
            .unwrap();
        assert_eq!(
            (
                change.booking.stay.to_string().as_str(),
                &change.booking.alteration
            ),
            (SHORTER, &None)
        );
        assert_eq!(
            change.booking.price,
            alteration(&house(), SHORTER, guests(2)).price
        );
        assert_eq!(last(&change.booking), (Party::Host, "alteration accepted"));
        let nights = [
            "booked 2026-07-11/2026-07-13",
            "preparation 2026-07-13/2026-07-14",
        ];
        assert_eq!(set_by(&change).unwrap(), nights);
    }
}

#[test]
fn what_costs_more_holds_old_and_new_nights_until_it_is_paid() {
    let needed = proposed(LONGER).accept_alteration(Party::Host, None, at(NOW));
    assert_eq!(needed, Err(MoveError::ChargeNeeded));
    let change = proposed(LONGER)
        .accept_alteration(Party::Host, Some(CHARGE), at(NOW))
        .unwrap();
    assert!(change.booking.is_being_altered());
    assert_eq!(change.booking.stay.to_string(), STAY);
    let both = [
        "booked 2026-07-10/2026-07-18",
        "preparation 2026-07-18/2026-07-19",
    ];
    assert_eq!(
        (set_by(&change).unwrap(), runs(&change.booking.claims())),
        (both.map(String::from).into(), both.map(String::from).into())
    );
    assert_eq!(change.booking.due_at(), Some(change.booking.ends_at()));
    let other = PaymentEntryId::new(Uuid::from_u128(10));
    let booking = stored(change);
    assert_eq!(
        booking.clone().alteration_paid(other, at(NOW)),
        Err(MoveError::NoAlteration)
    );
    let paid = booking
        .alteration_paid(CHARGE, at(NOW) + TimeDelta::days(3))
        .unwrap();
    assert_eq!(
        (
            paid.booking.stay.to_string().as_str(),
            &paid.booking.alteration
        ),
        (LONGER, &None)
    );
    assert_eq!(last(&paid.booking), (Party::System, "alteration paid"));
    let nights = [
        "booked 2026-07-12/2026-07-18",
        "preparation 2026-07-18/2026-07-19",
    ];
    assert_eq!(set_by(&paid).unwrap(), nights);
    assert_eq!(
        paid.booking.alteration_paid(CHARGE, at(NOW)),
        Err(MoveError::NoAlteration)
    );
}

#[test]
fn a_refused_charge_leaves_the_booking_as_it_was() {
    let (before, now) = (proposed(LONGER), at(NOW));
    let change = charged()
        .alteration_refused(CHARGE, "card_declined".into(), now)
        .unwrap();
    let after = &change.booking;
    assert_eq!(
        (after.stay, &after.price, after.alteration.as_ref()),
        (before.stay, &before.price, None)
    );
    assert_eq!(
        last(after),
        (Party::System, "alteration refused: card_declined")
    );
    let nights = [
        "booked 2026-07-10/2026-07-14",
        "preparation 2026-07-14/2026-07-15",
    ];
    assert_eq!(set_by(&change).unwrap(), nights);
    let again = change
        .booking
        .alteration_refused(CHARGE, "card_declined".into(), now);
    assert_eq!(again, Err(MoveError::NoAlteration));
}

#[rstest]
#[case("2026-06-02T12:00:00Z", true)]
#[case("2026-06-02T12:00:01Z", false)]
fn a_proposal_can_be_accepted_in_time(#[case] now: &str, #[case] in_time: bool) {
    let result = proposed(SHORTER).accept_alteration(Party::Host, None, at(now));
    let until = at("2026-06-02T12:00:00Z");
    assert_eq!(
        result.err(),
        (!in_time).then_some(MoveError::TooLate { until })
    );
}

#[test]
fn nobody_answers_and_the_proposal_is_dropped() {
    let (booking, due) = (proposed(LONGER), at("2026-06-02T12:00:00Z"));
    let early = booking.clone().time_out(due - TimeDelta::seconds(1));
    assert_eq!(early, Err(MoveError::TooEarly { from: due }));
    let change = booking.time_out(due).unwrap();
    assert_eq!(
        (change.booking.status, &change.booking.alteration),
        (Status::Confirmed, &None)
    );
    assert_eq!(last(&change.booking), (Party::System, "alteration expired"));
    assert_eq!(change.nights, NightsChange::Keep);
    assert_eq!(change.booking.due_at(), Some(change.booking.ends_at()));
    let waiting = charged().time_out(due);
    assert_eq!(
        waiting,
        Err(MoveError::TooEarly {
            from: charged().ends_at()
        })
    );
}

#[test]
fn the_end_of_a_booking_drops_its_alteration() {
    let request = CancelRequest::default;
    for booking in [proposed(LONGER), charged()] {
        for by in [Party::Guest, Party::Admin] {
            let change = booking.clone().cancel(by, request(), at(NOW)).unwrap();
            assert_eq!(
                (&change.booking.alteration, set_by(&change)),
                (&None, Some(Vec::new()))
            );
            assert_eq!(
                change.booking.alteration_paid(CHARGE, at(NOW)),
                Err(MoveError::NoAlteration)
            );
        }
        let blocked = booking
            .clone()
            .cancel(Party::Host, request(), at(NOW))
            .unwrap();
        assert_eq!(set_by(&blocked).unwrap(), ["blocked 2026-07-10/2026-07-15"]);
        let over = booking.ends_at();
        let completed = booking.time_out(over).unwrap();
        assert_eq!(
            (
                completed.booking.status,
                completed.booking.alteration.as_ref()
            ),
            (Status::Completed, None)
        );
        let kept = [
            "booked 2026-07-10/2026-07-14",
            "preparation 2026-07-14/2026-07-15",
        ];
        assert_eq!(runs(&completed.booking.claims()), kept);
    }
}
