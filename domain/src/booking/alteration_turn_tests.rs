//! Roles, states and times in which an alteration may be proposed or answered.

use rstest::rstest;
use uuid::Uuid;

use super::{Booking, MoveError, Status};
use crate::fixtures::{alteration, at, cabin, confirmed, guests, hold, runs, set_by, stored, usd};
use crate::shared::{AlterationId, Currency, Guests, Money, Party, PaymentEntryId};

const STAY: &str = "2026-07-10/2026-07-14";
const LONGER: &str = "2026-07-10/2026-07-16";
const NOW: &str = "2026-06-01T12:00:00Z";
const CHARGE: PaymentEntryId = PaymentEntryId::new(Uuid::from_u128(9));
const PARTIES: [Party; 4] = [Party::Guest, Party::Host, Party::Admin, Party::System];

fn sure() -> Booking {
    Booking::restore(confirmed(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")).into_record())
}

fn inside() -> Booking {
    stored(
        sure()
            .check_in(Party::Guest, at("2026-07-10T19:00:00Z"))
            .unwrap(),
    )
}

fn asking(
    booking: Booking,
    by: Party,
    dates: &str,
    party: Guests,
    now: &str,
) -> Result<Booking, MoveError> {
    booking
        .alter(by, alteration(&cabin(|_| {}), dates, party), at(now))
        .map(stored)
}

fn outcome<T>(result: Result<T, MoveError>) -> &'static str {
    match result {
        Ok(_) => "yes",
        Err(MoveError::NotAllowed) => "never",
        Err(MoveError::WrongState { .. }) => "wrong state",
        Err(MoveError::NoAlteration) => "none",
        Err(MoveError::AlterationPending) => "pending",
        Err(MoveError::CheckOutOnly) => "check-out only",
        Err(MoveError::NothingToAlter) => "nothing",
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn who_may_propose_where() {
    let held = stored(hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")));
    let now = "2026-03-01T17:05:00Z";
    let requested = stored(held.clone().authorized(at(now)).unwrap());
    let declined = stored(
        requested
            .clone()
            .decline(Party::Host, None, at(now))
            .unwrap(),
    );
    let rows = [
        (held, now, ["yes", "wrong state", "never", "never"]),
        (
            requested,
            now,
            ["wrong state", "wrong state", "never", "never"],
        ),
        (
            declined,
            now,
            ["wrong state", "wrong state", "never", "never"],
        ),
        (sure(), NOW, ["yes", "yes", "never", "never"]),
        (
            inside(),
            "2026-07-11T12:00:00Z",
            ["yes", "yes", "never", "never"],
        ),
    ];
    for (booking, now, expected) in rows {
        let told = PARTIES.map(|by| outcome(asking(booking.clone(), by, LONGER, guests(2), now)));
        assert_eq!(told, expected, "{}", booking.status);
    }
}

#[rstest]
#[case(Party::Guest, ["never", "yes", "never", "yes"], ["never", "yes", "never", "never"], ["yes", "never", "never", "never"])]
#[case(Party::Host, ["yes", "never", "never", "never"], ["yes", "never", "never", "never"], ["never", "yes", "never", "never"])]
fn who_may_answer(
    #[case] proposer: Party,
    #[case] accepts: [&str; 4],
    #[case] declines: [&str; 4],
    #[case] withdraws: [&str; 4],
) {
    let booking = || asking(sure(), proposer, LONGER, guests(2), NOW).unwrap();
    let now = at(NOW);
    assert_eq!(
        PARTIES.map(|by| outcome(booking().accept_alteration(by, Some(CHARGE), now))),
        accepts
    );
    assert_eq!(
        PARTIES.map(|by| outcome(booking().decline_alteration(by, now))),
        declines
    );
    assert_eq!(
        PARTIES.map(|by| outcome(booking().withdraw_alteration(by, now))),
        withdraws
    );
    let side = if proposer == Party::Guest {
        Party::Host
    } else {
        Party::Guest
    };
    let declined = booking().decline_alteration(side, now).unwrap().booking;
    assert_eq!(
        (declined.alteration.as_ref(), declined.stay),
        (None, sure().stay)
    );
    assert_eq!(
        declined.history.last().unwrap().reason.as_deref(),
        Some("alteration declined")
    );
    let withdrawn = booking()
        .withdraw_alteration(proposer, now)
        .unwrap()
        .booking;
    assert_eq!(
        withdrawn.history.last().unwrap().reason.as_deref(),
        Some("alteration withdrawn")
    );
    assert_eq!(
        outcome(withdrawn.accept_alteration(side, Some(CHARGE), now)),
        "none"
    );
}

#[test]
fn nothing_is_answered_where_nothing_was_asked() {
    let (now, by) = (at(NOW), Party::Guest);
    assert_eq!(outcome(sure().accept_alteration(by, None, now)), "none");
    assert_eq!(outcome(sure().decline_alteration(by, now)), "none");
    assert_eq!(outcome(sure().withdraw_alteration(by, now)), "none");
    let held = stored(hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")));
    assert_eq!(
        outcome(held.accept_alteration(by, None, now)),
        "wrong state"
    );
}

#[test]
fn one_alteration_at_a_time() {
    let by_guest = asking(sure(), Party::Guest, LONGER, guests(2), NOW).unwrap();
    let again = asking(by_guest.clone(), Party::Guest, LONGER, guests(3), NOW).unwrap();
    assert_eq!(again.alteration.as_ref().unwrap().guests, guests(3));
    assert_eq!(
        outcome(asking(
            by_guest.clone(),
            Party::Host,
            LONGER,
            guests(2),
            NOW
        )),
        "pending"
    );
    let later = "2026-06-02T12:00:01Z"; // the guest's proposal has expired but is not dropped yet
    let by_host = asking(by_guest.clone(), Party::Host, LONGER, guests(3), later).unwrap();
    assert_eq!(by_host.alteration.as_ref().unwrap().by, Party::Host);
    let told: Vec<_> = by_host
        .history
        .iter()
        .rev()
        .take(2)
        .filter_map(|it| it.reason.as_deref())
        .collect();
    assert_eq!(told, ["alteration proposed", "alteration expired"]);
    let charged = stored(
        by_guest
            .accept_alteration(Party::Host, Some(CHARGE), at(NOW))
            .unwrap(),
    );
    for now in [NOW, "2026-06-20T12:00:00Z"] {
        assert_eq!(
            outcome(asking(
                charged.clone(),
                Party::Guest,
                LONGER,
                guests(3),
                now
            )),
            "pending"
        );
        assert_eq!(
            outcome(charged.clone().withdraw_alteration(Party::Guest, at(now))),
            "pending"
        );
        assert_eq!(
            outcome(charged.clone().decline_alteration(Party::Host, at(now))),
            "pending"
        );
        assert_eq!(
            outcome(
                charged
                    .clone()
                    .accept_alteration(Party::Host, Some(CHARGE), at(now))
            ),
            "pending"
        );
    }
    assert_eq!(
        outcome(charged.check_in(Party::Guest, at("2026-07-10T19:00:00Z"))),
        "pending"
    );
}

#[rstest]
#[case(STAY, 2, "2026-07-11T12:00:00Z", "nothing")]
#[case("2026-07-10/2026-07-16", 2, "2026-07-11T12:00:00Z", "yes")]
#[case("2026-07-10/2026-07-12", 2, "2026-07-11T12:00:00Z", "yes")]
#[case("2026-07-10/2026-07-12", 2, "2026-07-12T03:59:59Z", "yes")] // still July 11 in New York
#[case("2026-07-10/2026-07-12", 2, "2026-07-12T04:00:00Z", "check-out only")]
#[case("2026-07-11/2026-07-16", 2, "2026-07-11T12:00:00Z", "check-out only")]
#[case("2026-07-10/2026-07-16", 3, "2026-07-11T12:00:00Z", "check-out only")]
fn a_stay_that_has_begun_changes_its_check_out_alone(
    #[case] dates: &str,
    #[case] party: u32,
    #[case] now: &str,
    #[case] expected: &str,
) {
    for booking in [inside(), sure()] {
        assert_eq!(
            outcome(asking(booking, Party::Guest, dates, guests(party), now)),
            expected
        );
    }
}

#[test]
fn a_proposal_from_before_the_stay_is_not_accepted_in_it() {
    let now = "2026-07-10T12:00:00Z";
    let later = asking(
        sure(),
        Party::Guest,
        "2026-07-11/2026-07-14",
        guests(2),
        now,
    )
    .unwrap();
    let arrived = stored(
        later
            .check_in(Party::Host, at("2026-07-10T19:00:00Z"))
            .unwrap(),
    );
    let answer = arrived.accept_alteration(Party::Host, None, at("2026-07-10T20:00:00Z"));
    assert_eq!(outcome(answer), "check-out only");
}

#[test]
fn nights_that_were_stayed_stay() {
    let now = at("2026-07-11T12:00:00Z");
    let asked = asking(
        inside(),
        Party::Guest,
        "2026-07-10/2026-07-13",
        guests(2),
        "2026-07-11T12:00:00Z",
    );
    let shorter = asked
        .unwrap()
        .accept_alteration(Party::System, None, now)
        .unwrap();
    assert_eq!(set_by(&shorter).unwrap(), ["booked 2026-07-10/2026-07-13"]);
    assert_eq!(shorter.booking.status, Status::CheckedIn);
    let left = shorter
        .booking
        .check_out(Party::Guest, at("2026-07-12T14:00:00Z"))
        .unwrap();
    assert_eq!(
        runs(&left.booking.claims()),
        ["booked 2026-07-10/2026-07-12"]
    );
}

#[test]
fn an_alteration_keeps_the_currency() {
    let mut new = alteration(&cabin(|_| {}), LONGER, guests(2));
    new.id = AlterationId::new(Uuid::from_u128(6));
    new.price.total = Money::new(usd(1).amount(), Currency::parse("JPY").unwrap());
    let result = sure().alter(Party::Guest, new, at(NOW));
    assert!(matches!(result, Err(MoveError::Money(_))));
}
