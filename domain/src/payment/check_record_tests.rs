//! Records that contradict themselves are refused.

use rstest::rstest;

use crate::fixtures::{at, usd};
use crate::ledger::test_support::simulation::Simulation;
use crate::payment::entry::EntryKind;
use crate::payment::payment::{Payment, PaymentRecord};
use crate::payment::payout::PayoutStatus;
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::money::Money;

/// A capture of 546.48, of which 50.00 is refunded, with another refund of 10.00 pending, and a payout
/// that is being sent.
fn record() -> PaymentRecord {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(50_00, BookingRole::Host);
    simulation.answer_all(true);
    simulation.at("2026-07-11T19:00:00Z").send_payout(&[]);
    simulation.grant_refund(10_00, BookingRole::Admin);
    simulation.payment().clone().into_record()
}

#[test]
fn what_the_commands_make_is_restored() {
    let record = record();
    assert_eq!((record.entries.len(), record.pending_calls.len()), (2, 2));
    assert_eq!(record.payouts[0].status, PayoutStatus::Sending);
    assert_eq!(
        Payment::restore(record.clone()).unwrap().into_record(),
        record
    );
}

fn euros() -> Money {
    Money::new(1, Currency::EUR)
}

#[rstest]
#[case::version(|it: &mut PaymentRecord| it.version = 0, "version is 0: the first version is 1")]
#[case::negative_amount(
    |it: &mut PaymentRecord| it.amount = usd(-1),
    "amount is -0.01 USD: amounts are not negative, and in USD"
)]
#[case::negative_entry(
    |it: &mut PaymentRecord| it.entries[1].amount = usd(-1),
    "entries.amount is -0.01 USD: amounts are not negative, and in USD"
)]
#[case::currency_of_an_entry(
    |it: &mut PaymentRecord| it.entries[1].amount = euros(),
    "entries.amount is 0.01 EUR: amounts are not negative, and in USD"
)]
#[case::currency_of_a_call(
    |it: &mut PaymentRecord| it.pending_calls[0].amount = euros(),
    "pending_calls.amount is 0.01 EUR: amounts are not negative, and in USD"
)]
#[case::currency_of_a_payout(
    |it: &mut PaymentRecord| it.payouts[0].amount = euros(),
    "payouts.amount is 0.01 EUR: amounts are not negative, and in USD"
)]
#[case::refund_above_its_capture(
    |it: &mut PaymentRecord| it.entries[0].amount = usd(55_00),
    "entries is a capture of 55.00 USD with -5.00 USD left: refunds do not exceed their capture"
)]
#[case::refund_without_capture(
    |it: &mut PaymentRecord| it.entries[0].kind = EntryKind::Authorization,
    "entries is a refund of 50.00 USD from no capture: only what was captured is refunded"
)]
#[case::payout_of_nothing(
    |it: &mut PaymentRecord| it.payouts[0].amount = usd(0),
    "payouts.amount is 0.00 USD: a payout is above zero"
)]
#[case::withheld_more_than_the_payout(
    |it: &mut PaymentRecord| it.payouts[0].withheld = usd(999_00),
    "payouts.withheld is 999.00 USD: at most the payout of 376.80 USD"
)]
#[case::sent_without_call(
    |it: &mut PaymentRecord| it.pending_calls.clear(),
    "payouts.status is sending: a payout that is being sent has a pending call and no time of payment"
)]
#[case::scheduled_with_call(
    |it: &mut PaymentRecord| it.payouts[0].status = PayoutStatus::Scheduled,
    "payouts.status is scheduled: a scheduled payout has neither a call nor a time of payment"
)]
#[case::paid_while_being_sent(
    |it: &mut PaymentRecord| {
        it.payouts[0].status = PayoutStatus::Paid;
        it.payouts[0].paid_at = Some(at("2026-07-12T00:00:00Z"));
    },
    "payouts.status is paid: a paid payout has a time of payment and no pending call"
)]
fn a_record_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut PaymentRecord),
    #[case] reason: &str,
) {
    let mut record = record();
    change(&mut record);
    assert_eq!(Payment::restore(record).unwrap_err().to_string(), reason);
}

#[test]
fn ids_of_entries_and_calls_differ() {
    let mut twice = record();
    twice.entries[1].id = twice.entries[0].id;
    let refused = Payment::restore(twice).unwrap_err();
    assert_eq!(refused.field(), "entries.id");
    let mut answered = record();
    answered.pending_calls[0].id = answered.entries[0].id;
    let refused = Payment::restore(answered).unwrap_err();
    assert_eq!(refused.field(), "pending_calls.id");
}
