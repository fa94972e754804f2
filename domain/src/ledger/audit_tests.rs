//! Inconsistencies are detected.

use rstest::rstest;

use super::world::World;
use super::{Account, Cause, Check, Dossier, JournalEntry, Postings, audit};
use crate::fixtures::usd;
use crate::payment::{EntryKind, Payment, PaymentRecord};
use crate::property::ClaimKind;
use crate::shared::Party;

fn checks(dossier: &Dossier) -> Vec<Check> {
    audit(dossier)
        .into_iter()
        .map(|finding| finding.check)
        .collect()
}

fn forged(dossier: &mut Dossier, change: impl FnOnce(&mut PaymentRecord)) {
    let mut record = dossier.payment.take().unwrap().into_record();
    change(&mut record);
    dossier.payment = Some(Payment::restore(record));
}

/// A paid stay with a goodwill refund, paid out.
fn sound() -> Dossier {
    let mut world = World::sold();
    world.give(50_00, Party::Host);
    world.answer_all(true);
    world.at("2026-07-11T19:00:00Z").pay_out(&[]);
    world.answer_all(true);
    world.dossier()
}

#[rstest]
#[case(Cause::Sale, &[Check::Position, Check::Position, Check::Position, Check::Receivable])]
#[case(Cause::Goodwill, &[Check::Position, Check::Receivable])]
#[case(Cause::Capture, &[Check::Cash, Check::Receivable])]
#[case(Cause::Refund, &[Check::Cash, Check::Receivable])]
#[case(Cause::Payout, &[Check::PaidOut])]
fn a_missing_entry_of_the_journal_is_seen(#[case] cause: Cause, #[case] expected: &[Check]) {
    let mut dossier = sound();
    assert_eq!(audit(&dossier), []);
    dossier.journal.retain(|entry| entry.cause != cause);
    assert_eq!(checks(&dossier), expected);
}

#[test]
fn a_capture_that_never_was_is_seen() {
    let mut dossier = sound();
    forged(&mut dossier, |record| {
        record
            .entries
            .retain(|entry| entry.kind != EntryKind::Capture)
    });
    let expected = [
        Check::Cash,
        Check::Receivable,
        Check::Unpaid,
        Check::Refunds,
    ];
    assert_eq!(checks(&dossier), expected);
}

#[test]
fn a_refund_above_its_capture_is_seen() {
    let mut dossier = sound();
    forged(&mut dossier, |record| record.entries[0].amount = usd(10_00));
    assert!(checks(&dossier).contains(&Check::Refunds));
}

#[test]
fn a_refund_that_was_refused_is_owed() {
    let mut world = World::sold();
    world.at("2026-07-01T00:00:00Z").cancel(Party::Guest);
    world.answer_all(false);
    let findings = audit(&world.dossier());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].check, Check::OwedToGuest);
    assert_eq!(
        findings[0].detail,
        "546.48 USD is owed to the guest and not being refunded"
    );
    assert_eq!(findings[0].booking_id, Some(world.booking.id));
}

#[test]
fn payouts_that_do_not_come_to_the_hosts_part_are_seen() {
    let mut dossier = World::sold().dossier();
    forged(&mut dossier, |record| {
        record.payouts[0].amount = usd(426_81)
    });
    let detail = "scheduled payouts: 426.81 USD, should be 426.80 USD";
    assert_eq!(
        audit(&dossier)
            .into_iter()
            .map(|it| it.detail)
            .collect::<Vec<_>>(),
        [detail]
    );
    forged(&mut dossier, |record| record.payouts.clear());
    assert_eq!(checks(&dossier), [Check::Payouts]);
}

#[test]
fn something_kept_back_that_was_not_posted_is_seen() {
    let mut dossier = sound();
    forged(&mut dossier, |record| {
        record.payouts[0].withheld = usd(1_00)
    });
    assert_eq!(checks(&dossier), [Check::PaidOut, Check::PaidOut]);
}

#[test]
fn something_kept_back_elsewhere_for_no_debt_is_seen() {
    let mut dossier = sound();
    let postings =
        Postings::moving(usd(1_00), Account::HostPayable, Account::ProcessorCash).unwrap();
    let source = uuid::Uuid::from_u128(77);
    dossier.journal.push(JournalEntry {
        cause: Cause::Offset,
        source,
        postings,
        ..dossier.journal[0]
    });
    let details: Vec<_> = audit(&dossier)
        .into_iter()
        .map(|finding| finding.detail)
        .collect();
    assert_eq!(
        details,
        ["1.00 USD was withheld from other payouts for a debt of 0.00 USD"]
    );
}

#[test]
fn nights_that_are_missing_or_too_many_are_seen() {
    let mut dossier = World::sold().dossier();
    dossier.claims[0].kind = ClaimKind::Held;
    let details: Vec<_> = audit(&dossier)
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
fn nights_left_blocked_by_a_host_may_be_lifted_but_not_booked() {
    let mut world = World::sold();
    world.at("2026-07-01T00:00:00Z").cancel(Party::Host);
    world.answer_all(true);
    let mut dossier = world.dossier();
    assert_eq!(dossier.claims.len(), 4);
    dossier.claims.truncate(1);
    assert_eq!(audit(&dossier), []);
    dossier.claims[0].kind = ClaimKind::Booked;
    assert_eq!(checks(&dossier), [Check::Nights]);
}

#[test]
fn postings_sum_to_zero_or_are_none() {
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
