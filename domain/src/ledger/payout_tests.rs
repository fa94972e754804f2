//! Payouts: amounts, due dates and withheld debts.

use rstest::rstest;

use crate::fixtures::{BOOKING, HOST, at, cabin, confirmed, usd};
use crate::journal::entry::PostingReason;
use crate::ledger::host_debts::HostDebt;
use crate::ledger::payout_schedule::payout_schedule;
use crate::ledger::test_support::simulation::Simulation;
use crate::payment::charges::PaymentError;
use crate::payment::gateway_call::GatewayCallKind;
use crate::payment::payout::PayoutStatus;
use crate::shared::booking_role::BookingRole;
use crate::shared::id::{BookingId, PayoutId, PropertyId};
use uuid::Uuid;

const DUE: &str = "2026-07-11T19:00:00Z";

fn debt(amount: i64) -> HostDebt {
    let (property_id, booking_id) = (
        PropertyId::new(Uuid::from_u128(8)),
        BookingId::new(Uuid::from_u128(9)),
    );
    HostDebt {
        property_id,
        booking_id,
        host_id: HOST,
        amount: usd(amount),
    }
}

fn due() -> Simulation {
    let mut simulation = Simulation::paid_booking();
    simulation.at(DUE);
    simulation
}

#[test]
fn payout_is_sent_once_when_due() {
    let mut simulation = Simulation::paid_booking();
    let payout = simulation.payment().payouts[0].id;
    let (call, early) = (simulation.entry_id(), at("2026-07-11T18:59:59Z"));
    let asked = |id, withheld, now| {
        simulation
            .payment()
            .clone()
            .send_payout(id, call, usd(withheld), now)
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
    simulation.at(DUE).send_payout(&[]);
    assert_eq!(simulation.open(), [(GatewayCallKind::Payout, 426_80)]);
    let again = simulation
        .payment()
        .clone()
        .send_payout(payout, call, usd(0), simulation.now);
    assert_eq!(again, Err(PaymentError::UnknownPayout));
    simulation.answer_all(true);
    assert_eq!(
        simulation.posted(2),
        [(PostingReason::Payout, [0, -426_80, 426_80, 0, 0])]
    );
    assert_eq!(simulation.payouts(), [(426_80, 0, PayoutStatus::Paid)]);
    assert_eq!(simulation.payment().payouts[0].paid_at, Some(at(DUE)));
}

#[test]
fn debts_are_withheld_oldest_first() {
    let mut simulation = due();
    let other = HostDebt {
        host_id: crate::fixtures::GUEST,
        ..debt(1_00)
    };
    let own = HostDebt {
        booking_id: BOOKING,
        ..debt(2_00)
    };
    simulation.send_payout(&[other, own, debt(30_00)]);
    assert_eq!(
        simulation.posted(2),
        [(PostingReason::Offset, [0, -30_00, 30_00, 0, 0])]
    );
    assert_eq!(simulation.open(), [(GatewayCallKind::Payout, 396_80)]);
    simulation.answer_all(true);
    assert_eq!(simulation.payouts(), [(426_80, 30_00, PayoutStatus::Paid)]);
    assert_eq!(simulation.balances(), [0, 119_68, 0, -75_68, -44_00]);
}

#[test]
fn withheld_amount_is_credited_to_the_booking_of_the_debt() {
    let simulation = due();
    let second = HostDebt {
        booking_id: BookingId::new(Uuid::from_u128(10)),
        ..debt(500_00)
    };
    let payout = simulation.payment().payouts[0].id;
    let call = crate::shared::PaymentEntryId::new(Uuid::from_u128(1));
    let settled = crate::ledger::host_debts::send_payout(
        simulation.funds(),
        payout,
        &[debt(100_00), second],
        call,
        simulation.now,
    )
    .unwrap();
    let rows = settled.journal.iter().map(|entry| {
        assert_eq!(
            (entry.cause, entry.source),
            (PostingReason::Offset, payout.uuid())
        );
        (
            entry.booking_id.uuid().as_u128(),
            entry
                .postings
                .on(crate::journal::postings::Account::HostPayable)
                .amount(),
        )
    });
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [(9, -100_00), (10, -326_80), (4, 426_80)]
    );
    // Withheld completely, it counts as paid without a gateway call.
    let payment = settled.payment.unwrap();
    assert_eq!(
        (payment.payouts[0].status, payment.pending_calls.len()),
        (PayoutStatus::Paid, 0)
    );
}

#[test]
fn failed_payout_is_due_a_day_later() {
    let mut simulation = due();
    simulation.send_payout(&[]);
    simulation.answer_all(false);
    assert_eq!(
        (simulation.payouts(), simulation.posted(2)),
        (vec![(426_80, 0, PayoutStatus::Scheduled)], vec![])
    );
    assert_eq!(
        simulation.payment().payouts[0].due_at,
        at("2026-07-12T19:00:00Z")
    );
}

#[test]
fn withholding_of_a_failed_payout_stays() {
    let mut simulation = due();
    simulation.send_payout(&[debt(30_00)]);
    simulation.answer_all(false);
    let halves = [
        (30_00, 30_00, PayoutStatus::Paid),
        (396_80, 0, PayoutStatus::Scheduled),
    ];
    assert_eq!(simulation.payouts(), halves);
    simulation
        .at("2026-07-12T19:00:00Z")
        .send_payout(&[debt(6_80)]);
    simulation.answer_all(true);
    assert_eq!(simulation.payouts()[1], (396_80, 6_80, PayoutStatus::Paid));
    assert_eq!(simulation.balances(), [0, 119_68, 0, -75_68, -44_00]);
}

#[test]
fn host_paid_too_much_owes_the_difference() {
    let mut simulation = due();
    simulation.send_payout(&[]);
    simulation.grant_refund(100_00, BookingRole::Host);
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0, 19_68, 100_00, -75_68, -44_00]);
    assert_eq!(simulation.payouts(), [(426_80, 0, PayoutStatus::Paid)]);
}

#[test]
fn debt_withheld_from_another_payout_is_settled() {
    let mut simulation = due();
    simulation.send_payout(&[]);
    simulation.grant_refund(100_00, BookingRole::Host);
    simulation.answer_all(true);
    simulation.at("2026-07-14T15:00:00Z").time_out();
    simulation.withhold_debt();
    assert_eq!(
        simulation.posted(5),
        [(PostingReason::Offset, [0, 100_00, -100_00, 0, 0])]
    );
    assert_eq!(simulation.balances(), [0, 119_68, 0, -75_68, -44_00]);
}

#[test]
fn failed_payout_of_a_shortened_booking_is_rescheduled() {
    let mut simulation = due();
    simulation.send_payout(&[]);
    simulation.grant_refund(100_00, BookingRole::Host);
    assert_eq!(simulation.payouts(), [(426_80, 0, PayoutStatus::Sending)]);
    let payout = simulation.payment().pending_calls[0].id;
    simulation.answer(payout, false);
    assert_eq!(simulation.payouts(), [(326_80, 0, PayoutStatus::Scheduled)]);
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
    let plan = payout_schedule(&booking, booking.price.host_payout, usd(0)).unwrap();
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
fn reductions_are_taken_from_the_last_instalments(
    #[case] total: i64,
    #[case] sent: i64,
    #[case] left: &[i64],
) {
    let booking = confirmed(
        &cabin(|_| {}),
        "2026-02-01/2026-04-02",
        at("2026-01-01T00:00:00Z"),
    );
    let plan = payout_schedule(&booking, usd(total), usd(sent)).unwrap();
    assert_eq!(
        plan.iter().map(|it| it.amount.amount()).collect::<Vec<_>>(),
        left
    );
}
