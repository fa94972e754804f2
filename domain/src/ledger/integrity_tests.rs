//! Inconsistencies are detected.

use rstest::rstest;

use crate::fixtures::usd;
use crate::journal::entry::{JournalEntry, PostingReason};
use crate::journal::postings::{Account, Postings};
use crate::ledger::booking_snapshot::{BookingSnapshot, IntegrityCheck};
use crate::ledger::integrity::check_integrity;
use crate::ledger::test_support::simulation::Simulation;
use crate::payment::payment::{Payment, PaymentRecord};
use crate::property::calendar::ClaimKind;
use crate::shared::booking_role::BookingRole;

fn checks(snapshot: &BookingSnapshot) -> Vec<IntegrityCheck> {
    check_integrity(snapshot)
        .into_iter()
        .map(|finding| finding.check)
        .collect()
}

fn tampered(snapshot: &mut BookingSnapshot, change: impl FnOnce(&mut PaymentRecord)) {
    let mut record = snapshot.payment.take().unwrap().into_record();
    change(&mut record);
    snapshot.payment = Some(Payment::restore(record).unwrap());
}

/// A paid stay with a goodwill refund, paid out.
fn consistent_snapshot() -> BookingSnapshot {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(50_00, BookingRole::Host);
    simulation.answer_all(true);
    simulation.at("2026-07-11T19:00:00Z").send_payout(&[]);
    simulation.answer_all(true);
    simulation.snapshot()
}

#[rstest]
#[case(PostingReason::Sale, &[IntegrityCheck::Allocation, IntegrityCheck::Allocation, IntegrityCheck::Allocation, IntegrityCheck::Receivable])]
#[case(PostingReason::Goodwill, &[IntegrityCheck::Allocation, IntegrityCheck::Receivable])]
#[case(PostingReason::Capture, &[IntegrityCheck::Cash, IntegrityCheck::Receivable])]
#[case(PostingReason::Refund, &[IntegrityCheck::Cash, IntegrityCheck::Receivable])]
#[case(PostingReason::Payout, &[IntegrityCheck::PaidOut])]
fn missing_journal_entry_is_found(
    #[case] cause: PostingReason,
    #[case] expected: &[IntegrityCheck],
) {
    let mut snapshot = consistent_snapshot();
    assert_eq!(check_integrity(&snapshot), []);
    snapshot.journal.retain(|entry| entry.cause != cause);
    assert_eq!(checks(&snapshot), expected);
}

#[test]
fn missing_capture_is_found() {
    let mut snapshot = Simulation::paid_booking().snapshot();
    tampered(&mut snapshot, |record| record.entries.clear());
    let expected = [
        IntegrityCheck::Cash,
        IntegrityCheck::Receivable,
        IntegrityCheck::Unpaid,
    ];
    assert_eq!(checks(&snapshot), expected);
}

#[test]
fn failed_refund_is_owed_to_the_guest() {
    let mut simulation = Simulation::paid_booking();
    simulation
        .at("2026-07-01T00:00:00Z")
        .cancel(BookingRole::Guest);
    simulation.answer_all(false);
    let findings = check_integrity(&simulation.snapshot());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].check, IntegrityCheck::OwedToGuest);
    assert_eq!(
        findings[0].detail,
        "546.48 USD is owed to the guest and not being refunded"
    );
    assert_eq!(findings[0].booking_id, Some(simulation.booking.id));
}

#[test]
fn payouts_that_differ_from_the_host_share_are_found() {
    let mut snapshot = Simulation::paid_booking().snapshot();
    tampered(&mut snapshot, |record| {
        record.payouts[0].amount = usd(426_81);
    });
    let detail = "scheduled payouts: 426.81 USD, should be 426.80 USD";
    assert_eq!(
        check_integrity(&snapshot)
            .into_iter()
            .map(|it| it.detail)
            .collect::<Vec<_>>(),
        [detail]
    );
    tampered(&mut snapshot, |record| record.payouts.clear());
    assert_eq!(checks(&snapshot), [IntegrityCheck::Payouts]);
}

#[test]
fn unposted_withholding_is_found() {
    let mut snapshot = consistent_snapshot();
    tampered(&mut snapshot, |record| {
        record.payouts[0].withheld = usd(1_00);
    });
    assert_eq!(
        checks(&snapshot),
        [IntegrityCheck::PaidOut, IntegrityCheck::PaidOut]
    );
}

#[test]
fn withholding_without_a_debt_is_found() {
    let mut snapshot = consistent_snapshot();
    let postings =
        Postings::transfer(usd(1_00), Account::HostPayable, Account::ProcessorCash).unwrap();
    let source = uuid::Uuid::from_u128(77);
    snapshot.journal.push(JournalEntry {
        cause: PostingReason::Offset,
        source,
        postings,
        ..snapshot.journal[0]
    });
    let details: Vec<_> = check_integrity(&snapshot)
        .into_iter()
        .map(|finding| finding.detail)
        .collect();
    assert_eq!(
        details,
        ["1.00 USD was withheld from other payouts or waived for a debt of 0.00 USD"]
    );
}

#[test]
fn missing_and_excess_nights_are_found() {
    let mut snapshot = Simulation::paid_booking().snapshot();
    snapshot.claims[0].kind = ClaimKind::Held;
    let details: Vec<_> = check_integrity(&snapshot)
        .into_iter()
        .map(|finding| finding.detail)
        .collect();
    assert_eq!(
        details,
        [
            "2026-07-10 is held and should not be",
            "2026-07-10 is not booked and should be"
        ]
    );
}

#[test]
fn nights_blocked_by_a_host_cancellation_may_be_lifted_but_not_booked() {
    let mut simulation = Simulation::paid_booking();
    simulation
        .at("2026-07-01T00:00:00Z")
        .cancel(BookingRole::Host);
    simulation.answer_all(true);
    let mut snapshot = simulation.snapshot();
    assert_eq!(snapshot.claims.len(), 4);
    snapshot.claims.truncate(1);
    assert_eq!(check_integrity(&snapshot), []);
    snapshot.claims[0].kind = ClaimKind::Booked;
    assert_eq!(checks(&snapshot), [IntegrityCheck::Nights]);
}

#[test]
fn unbalanced_postings_are_rejected() {
    let usd_code = usd(0).currency();
    let amounts = [
        (Account::ProcessorCash, usd(5)),
        (Account::GuestReceivable, usd(-4)),
    ];
    let error = Postings::try_new(usd_code, amounts).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the postings sum to 0.01 USD instead of zero"
    );
    let twice = [
        (Account::ProcessorCash, usd(5)),
        (Account::ProcessorCash, usd(-5)),
    ];
    assert!(Postings::try_new(usd_code, twice).unwrap().is_zero());
}
