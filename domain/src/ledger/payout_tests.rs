//! Payouts: amounts, due dates and withheld debts.

use rstest::rstest;

use super::world::World;
use super::{Cause, Debt, payout_plan};
use crate::fixtures::{BOOKING, HOST, at, cabin, confirmed, usd};
use crate::payment::{CallKind, PaymentError, PayoutStatus};
use crate::shared::{BookingId, Party, PayoutId, PropertyId};
use uuid::Uuid;

const DUE: &str = "2026-07-11T19:00:00Z";

fn debt(amount: i64) -> Debt {
    let (property_id, booking_id) = (
        PropertyId::new(Uuid::from_u128(8)),
        BookingId::new(Uuid::from_u128(9)),
    );
    Debt {
        property_id,
        booking_id,
        host_id: HOST,
        amount: usd(amount),
    }
}

fn due() -> World {
    let mut world = World::sold();
    world.at(DUE);
    world
}

#[test]
fn a_payout_is_sent_when_it_is_due_and_once() {
    let mut world = World::sold();
    let payout = world.payment().payouts[0].id;
    let (call, early) = (world.entry_id(), at("2026-07-11T18:59:59Z"));
    let asked = |id, withheld, now| {
        world
            .payment()
            .clone()
            .pay_out(id, call, usd(withheld), now)
    };
    assert_eq!(asked(payout, 0, early), Err(PaymentError::NotDue(at(DUE))));
    assert_eq!(
        asked(PayoutId::new(Uuid::nil()), 0, at(DUE)),
        Err(PaymentError::UnknownPayout)
    );
    assert_eq!(
        asked(payout, 426_81, at(DUE)),
        Err(PaymentError::WithheldTooMuch)
    );
    assert_eq!(
        asked(payout, -1, at(DUE)),
        Err(PaymentError::WithheldTooMuch)
    );
    world.at(DUE).pay_out(&[]);
    assert_eq!(world.open(), [(CallKind::Payout, 426_80)]);
    let again = world
        .payment()
        .clone()
        .pay_out(payout, call, usd(0), world.now);
    assert_eq!(again, Err(PaymentError::UnknownPayout));
    world.answer_all(true);
    assert_eq!(
        world.posted(2),
        [(Cause::Payout, [0, -426_80, 426_80, 0, 0])]
    );
    assert_eq!(world.payouts(), [(426_80, 0, PayoutStatus::Paid)]);
    assert_eq!(world.payment().payouts[0].paid_at, Some(at(DUE)));
}

#[test]
fn debts_are_kept_back_the_oldest_first() {
    let mut world = due();
    let other = Debt {
        host_id: crate::fixtures::GUEST,
        ..debt(1_00)
    };
    let own = Debt {
        booking_id: BOOKING,
        ..debt(2_00)
    };
    world.pay_out(&[other, own, debt(30_00)]);
    assert_eq!(world.posted(2), [(Cause::Offset, [0, -30_00, 30_00, 0, 0])]);
    assert_eq!(world.open(), [(CallKind::Payout, 396_80)]);
    world.answer_all(true);
    assert_eq!(world.payouts(), [(426_80, 30_00, PayoutStatus::Paid)]);
    assert_eq!(world.balances(), [0, 119_68, 0, -75_68, -44_00]);
}

#[test]
fn the_booking_of_the_debt_gets_what_was_kept_back() {
    let world = due();
    let second = Debt {
        booking_id: BookingId::new(Uuid::from_u128(10)),
        ..debt(500_00)
    };
    let payout = world.payment().payouts[0].id;
    let call = crate::shared::PaymentEntryId::new(Uuid::from_u128(1));
    let settled = super::pay_out(
        world.books(),
        payout,
        &[debt(100_00), second],
        call,
        world.now,
    )
    .unwrap();
    let rows = settled.journal.iter().map(|entry| {
        assert_eq!((entry.cause, entry.source), (Cause::Offset, payout.uuid()));
        (
            entry.booking_id.uuid().as_u128(),
            entry.postings.on(super::Account::HostPayable).amount(),
        )
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [(9, -100_00), (10, -326_80), (4, 426_80)]
    );
    // Withheld completely, it counts as paid without a gateway call.
    let payment = settled.payment.unwrap();
    assert_eq!(
        (payment.payouts[0].status, payment.calls.len()),
        (PayoutStatus::Paid, 0)
    );
}

#[test]
fn a_refused_payout_is_due_a_day_later() {
    let mut world = due();
    world.pay_out(&[]);
    world.answer_all(false);
    assert_eq!(
        (world.payouts(), world.posted(2)),
        (vec![(426_80, 0, PayoutStatus::Scheduled)], vec![])
    );
    assert_eq!(
        world.payment().payouts[0].due_at,
        at("2026-07-12T19:00:00Z")
    );
}

#[test]
fn what_was_kept_back_of_a_refused_payout_stays_kept_back() {
    let mut world = due();
    world.pay_out(&[debt(30_00)]);
    world.answer_all(false);
    let halves = [
        (30_00, 30_00, PayoutStatus::Paid),
        (396_80, 0, PayoutStatus::Scheduled),
    ];
    assert_eq!(world.payouts(), halves);
    world.at("2026-07-12T19:00:00Z").pay_out(&[debt(6_80)]);
    world.answer_all(true);
    assert_eq!(world.payouts()[1], (396_80, 6_80, PayoutStatus::Paid));
    assert_eq!(world.balances(), [0, 119_68, 0, -75_68, -44_00]);
}

#[test]
fn a_host_who_gets_less_than_was_sent_owes_the_rest() {
    let mut world = due();
    world.pay_out(&[]);
    world.give(100_00, Party::Host);
    world.answer_all(true);
    assert_eq!(world.balances(), [0, 19_68, 100_00, -75_68, -44_00]);
    assert_eq!(world.payouts(), [(426_80, 0, PayoutStatus::Paid)]);
}

#[test]
fn a_debt_that_was_kept_back_of_another_payout_is_settled() {
    let mut world = due();
    world.pay_out(&[]);
    world.give(100_00, Party::Host);
    world.answer_all(true);
    world.at("2026-07-14T15:00:00Z").time_out();
    world.recover();
    assert_eq!(
        world.posted(5),
        [(Cause::Offset, [0, 100_00, -100_00, 0, 0])]
    );
    assert_eq!(world.balances(), [0, 119_68, 0, -75_68, -44_00]);
}

#[test]
fn a_refused_payout_of_a_shrunken_booking_is_planned_anew() {
    let mut world = due();
    world.pay_out(&[]);
    world.give(100_00, Party::Host);
    assert_eq!(world.payouts(), [(426_80, 0, PayoutStatus::Sending)]);
    let payout = world.payment().calls[0].id;
    world.answer(payout, false);
    assert_eq!(world.payouts(), [(326_80, 0, PayoutStatus::Scheduled)]);
}

/// 100.00 a night less 3 %: each month as many nights as it has days.
#[rstest]
#[case::short("2026-02-01/2026-02-28", &[("2026-02-02T20:00:00Z", 27 * 97_00)])]
#[case::long("2026-02-01/2026-03-01", &[("2026-02-02T20:00:00Z", 28 * 97_00)])]
#[case::a_day_more("2026-02-01/2026-03-02", &[("2026-02-02T20:00:00Z", 28 * 97_00), ("2026-03-02T20:00:00Z", 97_00)])]
#[case::last_days("2026-01-31/2026-04-15", &[
    ("2026-02-01T20:00:00Z", 28 * 97_00), // until February 28
    ("2026-03-01T20:00:00Z", 31 * 97_00), // until March 31; still standard time
    ("2026-04-01T19:00:00Z", 15 * 97_00),
])]
fn a_long_stay_is_paid_by_the_month(#[case] dates: &str, #[case] expected: &[(&str, i64)]) {
    let booking = confirmed(&cabin(|_| {}), dates, at("2026-01-01T00:00:00Z"));
    let plan = payout_plan(&booking, booking.price.host_payout, usd(0)).unwrap();
    let got: Vec<_> = plan
        .iter()
        .map(|it| (it.due_at, it.amount.amount()))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(due, amount)| (at(due), amount))
        .collect();
    assert_eq!(got, expected);
}

/// Three months at 2,716.00 (28 nights), 3,007.00 (31) and 97.00.
#[rstest]
#[case::all(5_820_00, 0, &[2_716_00, 3_007_00, 97_00])]
#[case::first_sent(5_820_00, 2_716_00, &[3_007_00, 97_00])]
#[case::part_sent(5_820_00, 3_000_00, &[2_723_00, 97_00])]
#[case::cancelled(4_000_00, 2_716_00, &[1_284_00])]
#[case::more(5_920_00, 0, &[2_716_00, 3_007_00, 197_00])]
#[case::sent_more(1_000_00, 2_716_00, &[])]
#[case::owes(-50_00, 0, &[])]
fn what_the_host_does_not_get_is_missing_at_the_end(
    #[case] total: i64,
    #[case] sent: i64,
    #[case] left: &[i64],
) {
    let booking = confirmed(
        &cabin(|_| {}),
        "2026-02-01/2026-04-02",
        at("2026-01-01T00:00:00Z"),
    );
    let plan = payout_plan(&booking, usd(total), usd(sent)).unwrap();
    assert_eq!(
        plan.iter().map(|it| it.amount.amount()).collect::<Vec<_>>(),
        left
    );
}
