//! Roles, states and times in which an alteration may be proposed or answered.

#![expect(
    clippy::too_many_lines,
    reason = "a test tells a scenario in one piece"
)]

use rstest::rstest;
use uuid::Uuid;

use crate::booking::alteration::alteration::NewAlteration;
use crate::booking::booking::Booking;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::pricing::altered_price::AlteredPrice;
use crate::fixtures::{
    alteration, at, cabin, claim_runs, claims_set_by, confirmed, guests, hold, stored,
};
use crate::property::pricing::Pricing;
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::guests::Guests;
use crate::shared::id::{BookingId, PaymentEntryId};
use crate::shared::money::Money;

const STAY: &str = "2026-07-10/2026-07-14";
const LONGER: &str = "2026-07-10/2026-07-16";
const NOW: &str = "2026-06-01T12:00:00Z";
const CHARGE: PaymentEntryId = PaymentEntryId::new(Uuid::from_u128(9));
const PARTIES: [BookingRole; 4] = [
    BookingRole::Guest,
    BookingRole::Host,
    BookingRole::Admin,
    BookingRole::System,
];

fn confirmed_booking() -> Booking {
    Booking::restore(confirmed(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")).into_record())
        .unwrap()
}

fn checked_in_booking() -> Booking {
    stored(
        confirmed_booking()
            .check_in(BookingRole::Guest, at("2026-07-10T19:00:00Z"))
            .unwrap(),
    )
}

fn asking(
    booking: &Booking,
    by: BookingRole,
    dates: &str,
    party: Guests,
    now: &str,
) -> Result<Booking, TransitionError> {
    booking
        .alter(by, alteration(&cabin(|_| {}), dates, party), at(now))
        .map(stored)
}

fn outcome<T>(result: Result<T, TransitionError>) -> &'static str {
    match result {
        Ok(_) => "yes",
        Err(TransitionError::NotAllowed) => "never",
        Err(TransitionError::WrongState { .. }) => "wrong state",
        Err(TransitionError::NoAlteration) => "none",
        Err(TransitionError::AlterationPending) => "pending",
        Err(TransitionError::CheckOutOnly) => "check-out only",
        Err(TransitionError::NothingToAlter) => "nothing",
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn roles_that_may_propose_by_status() {
    let held = stored(hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")));
    let now = "2026-03-01T17:05:00Z";
    let requested = stored(held.clone().record_authorization(at(now)).unwrap());
    let declined = stored(
        requested
            .clone()
            .decline(BookingRole::Host, None, at(now))
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
        (confirmed_booking(), NOW, ["yes", "yes", "never", "never"]),
        (
            checked_in_booking(),
            "2026-07-11T12:00:00Z",
            ["yes", "yes", "never", "never"],
        ),
    ];
    for (booking, now, expected) in rows {
        let outcomes =
            PARTIES.map(|by| outcome(asking(&booking.clone(), by, LONGER, guests(2), now)));
        assert_eq!(outcomes, expected, "{}", booking.status);
    }
}

#[rstest]
#[case(BookingRole::Guest, ["never", "yes", "never", "yes"], ["never", "yes", "never", "never"], ["yes", "never", "never", "never"])]
#[case(BookingRole::Host, ["yes", "never", "never", "never"], ["yes", "never", "never", "never"], ["never", "yes", "never", "never"])]
fn roles_that_may_answer_a_proposal(
    #[case] proposer: BookingRole,
    #[case] accepts: [&str; 4],
    #[case] declines: [&str; 4],
    #[case] withdraws: [&str; 4],
) {
    let booking = || asking(&confirmed_booking(), proposer, LONGER, guests(2), NOW).unwrap();
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
    let side = if proposer == BookingRole::Guest {
        BookingRole::Host
    } else {
        BookingRole::Guest
    };
    let declined = booking()
        .decline_alteration(side, now)
        .unwrap()
        .into_booking();
    assert_eq!(
        (declined.alteration.as_ref(), declined.stay),
        (None, confirmed_booking().stay)
    );
    assert_eq!(
        declined.history.last().unwrap().reason.as_deref(),
        Some("alteration declined")
    );
    let withdrawn = booking()
        .withdraw_alteration(proposer, now)
        .unwrap()
        .into_booking();
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
fn answering_without_a_proposal_fails() {
    let (now, by) = (at(NOW), BookingRole::Guest);
    assert_eq!(
        outcome(confirmed_booking().accept_alteration(by, None, now)),
        "none"
    );
    assert_eq!(
        outcome(confirmed_booking().decline_alteration(by, now)),
        "none"
    );
    assert_eq!(
        outcome(confirmed_booking().withdraw_alteration(by, now)),
        "none"
    );
    let held = stored(hold(&cabin(|_| {}), STAY, at("2026-03-01T17:00:00Z")));
    assert_eq!(
        outcome(held.accept_alteration(by, None, now)),
        "wrong state"
    );
}

#[test]
fn only_one_alteration_is_pending() {
    let by_guest = asking(
        &confirmed_booking(),
        BookingRole::Guest,
        LONGER,
        guests(2),
        NOW,
    )
    .unwrap();
    let again = asking(
        &by_guest.clone(),
        BookingRole::Guest,
        LONGER,
        guests(3),
        NOW,
    )
    .unwrap();
    assert_eq!(again.alteration.as_ref().unwrap().guests, guests(3));
    assert_eq!(
        outcome(asking(
            &by_guest.clone(),
            BookingRole::Host,
            LONGER,
            guests(2),
            NOW
        )),
        "pending"
    );
    let later = "2026-06-02T12:00:01Z"; // the guest's proposal has expired but is not dropped yet
    let by_host = asking(
        &by_guest.clone(),
        BookingRole::Host,
        LONGER,
        guests(3),
        later,
    )
    .unwrap();
    assert_eq!(by_host.alteration.as_ref().unwrap().by, BookingRole::Host);
    let outcomes: Vec<_> = by_host
        .history
        .iter()
        .rev()
        .take(2)
        .filter_map(|it| it.reason.as_deref())
        .collect();
    assert_eq!(outcomes, ["alteration proposed", "alteration expired"]);
    let charged = stored(
        by_guest
            .accept_alteration(BookingRole::Host, Some(CHARGE), at(NOW))
            .unwrap(),
    );
    for now in [NOW, "2026-06-20T12:00:00Z"] {
        assert_eq!(
            outcome(asking(
                &charged.clone(),
                BookingRole::Guest,
                LONGER,
                guests(3),
                now
            )),
            "pending"
        );
        assert_eq!(
            outcome(
                charged
                    .clone()
                    .withdraw_alteration(BookingRole::Guest, at(now))
            ),
            "pending"
        );
        assert_eq!(
            outcome(
                charged
                    .clone()
                    .decline_alteration(BookingRole::Host, at(now))
            ),
            "pending"
        );
        assert_eq!(
            outcome(
                charged
                    .clone()
                    .accept_alteration(BookingRole::Host, Some(CHARGE), at(now))
            ),
            "pending"
        );
    }
    assert_eq!(
        outcome(charged.check_in(BookingRole::Guest, at("2026-07-10T19:00:00Z"))),
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
fn begun_stay_may_change_only_its_check_out(
    #[case] dates: &str,
    #[case] party: u32,
    #[case] now: &str,
    #[case] expected: &str,
) {
    for booking in [checked_in_booking(), confirmed_booking()] {
        assert_eq!(
            outcome(asking(
                &booking,
                BookingRole::Guest,
                dates,
                guests(party),
                now
            )),
            expected
        );
    }
}

#[test]
fn proposal_made_before_check_in_is_not_accepted_after_it() {
    let now = "2026-07-10T12:00:00Z";
    let later = asking(
        &confirmed_booking(),
        BookingRole::Guest,
        "2026-07-11/2026-07-14",
        guests(2),
        now,
    )
    .unwrap();
    let arrived = stored(
        later
            .check_in(BookingRole::Host, at("2026-07-10T19:00:00Z"))
            .unwrap(),
    );
    let answer = arrived.accept_alteration(BookingRole::Host, None, at("2026-07-10T20:00:00Z"));
    assert_eq!(outcome(answer), "check-out only");
}

#[test]
fn nights_already_stayed_remain_claimed() {
    let now = at("2026-07-11T12:00:00Z");
    let asked = asking(
        &checked_in_booking(),
        BookingRole::Guest,
        "2026-07-10/2026-07-13",
        guests(2),
        "2026-07-11T12:00:00Z",
    );
    let shorter = asked
        .unwrap()
        .accept_alteration(BookingRole::System, None, now)
        .unwrap();
    assert_eq!(
        claims_set_by(&shorter).unwrap(),
        ["booked 2026-07-10/2026-07-13"]
    );
    assert_eq!(shorter.booking().status, BookingStatus::CheckedIn);
    let left = shorter
        .booking()
        .check_out(BookingRole::Guest, at("2026-07-12T14:00:00Z"))
        .unwrap();
    assert_eq!(
        claim_runs(&left.booking().claims()),
        ["booked 2026-07-10/2026-07-13"]
    );
}

#[test]
fn alteration_in_another_currency_is_rejected() {
    let yen = Money::new(1, Currency::parse("JPY").unwrap());
    let in_yen = cabin(|details| details.pricing = Some(Pricing::nightly(yen)));
    let new = alteration(&in_yen, LONGER, guests(2));
    let result = confirmed_booking().alter(BookingRole::Guest, new, at(NOW));
    assert!(matches!(result, Err(TransitionError::Money(_))));
}

#[test]
fn price_of_another_booking_is_rejected() {
    let other = BookingId::new(Uuid::from_u128(99));
    let priced = alteration(&cabin(|_| {}), LONGER, guests(2));
    let (stay, party) = (priced.price.stay(), priced.price.guests());
    let new = NewAlteration {
        price: AlteredPrice::present(other, stay, party, priced.price.into_price()),
        ..alteration(&cabin(|_| {}), LONGER, guests(2))
    };
    let result = confirmed_booking().alter(BookingRole::Guest, new, at(NOW));
    let refused = TransitionError::ForeignPrice { priced: other };
    assert_eq!(result, Err(refused));
}
