//! Payment changes.

use rstest::rstest;
use uuid::Uuid;

use crate::fixtures::{BOOKING, at, usd};
use crate::payment::charges::PaymentError;
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind, GatewayOutcome};
use crate::payment::payment::Payment;
use crate::payment::payout::Instalment;
use crate::payment::totals::PaymentStatus;
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::id::{PaymentEntryId, PaymentId, PropertyId};
use crate::shared::money::{Money, MoneyError};

const NOW: &str = "2026-03-01T17:00:00Z";

fn id(n: u128) -> PaymentEntryId {
    PaymentEntryId::new(Uuid::from_u128(n))
}

fn call(n: u128, kind: GatewayCallKind, amount: i64) -> GatewayCall {
    GatewayCall {
        method: Some(format!("pm_{n}")),
        ..GatewayCall::new(id(n), kind, usd(amount), at(NOW))
    }
}

fn begun(kind: GatewayCallKind, amount: i64) -> Payment {
    let property = PropertyId::new(Uuid::from_u128(3));
    Payment::begin(
        PaymentId::new(Uuid::from_u128(1)),
        BOOKING,
        property,
        call(1, kind, amount),
    )
    .unwrap()
}

fn done(payment: Payment, n: u128) -> Payment {
    payment
        .record_outcome(
            id(n),
            GatewayOutcome::Succeeded {
                reference: format!("ch_{n}"),
            },
            at(NOW),
        )
        .unwrap()
}

fn refused(payment: Payment, n: u128) -> Payment {
    payment
        .record_outcome(
            id(n),
            GatewayOutcome::Refused {
                code: "card_declined".into(),
            },
            at(NOW),
        )
        .unwrap()
}

fn refund(payment: &Payment, first: u128, amount: i64) -> Result<Payment, PaymentError> {
    let mut made = first;
    let mut ids = || {
        made += 1;
        Uuid::from_u128(made - 1)
    };
    payment.clone().refund(
        &mut ids,
        usd(amount),
        None,
        Some(BookingRole::Host),
        at(NOW),
    )
}

#[test]
fn refunds_never_exceed_captures_and_an_outcome_counts_once() {
    let pending = begun(GatewayCallKind::Capture, 100);
    assert_eq!(
        (pending.status(), pending.is_charging()),
        (PaymentStatus::Pending, true)
    );
    let payment = done(pending, 1);
    assert_eq!(
        (payment.status(), payment.captured()),
        (PaymentStatus::Captured, usd(100))
    );
    let again = GatewayOutcome::Succeeded {
        reference: "ch_1".into(),
    };
    assert_eq!(
        payment.clone().record_outcome(id(1), again, at(NOW)),
        Err(PaymentError::UnknownCall)
    );
    let asked = refund(&payment, 2, 60).unwrap();
    assert_eq!(refund(&asked, 3, 41), Err(PaymentError::AboveCaptured));
    assert_eq!(refund(&asked, 3, 0), Err(PaymentError::NotPositive));
    let part = done(asked, 2);
    assert_eq!(
        (part.status(), part.refundable()),
        (PaymentStatus::PartiallyRefunded, usd(40))
    );
    let all = done(refund(&part, 3, 40).unwrap(), 3);
    assert_eq!(
        (all.status(), all.refundable()),
        (PaymentStatus::Refunded, usd(0))
    );
}

#[test]
fn declined_card_can_be_retried_with_another() {
    let payment = begun(GatewayCallKind::Capture, 100);
    let other = || call(2, GatewayCallKind::Capture, 120);
    assert_eq!(
        payment.clone().retry(other()),
        Err(PaymentError::WrongState(PaymentStatus::Pending))
    );
    let failed = refused(payment, 1);
    assert_eq!(failed.status(), PaymentStatus::Failed);
    let retried = failed.retry(other()).unwrap();
    assert_eq!(
        (retried.amount, retried.method.as_deref()),
        (usd(120), Some("pm_2"))
    );
    let paid = done(retried, 2);
    assert_eq!(
        (paid.status(), paid.entries.len(), paid.amount),
        (PaymentStatus::Captured, 2, usd(120))
    );
}

#[test]
fn authorization_is_captured_or_voided_but_not_both() {
    let reserved = done(begun(GatewayCallKind::Authorize, 100), 1);
    let wrong = Err(PaymentError::WrongState(PaymentStatus::Authorized));
    let taking = reserved.clone().capture_authorized(id(2), at(NOW)).unwrap();
    assert_eq!(taking.reference_for(&taking.pending_calls[0]), Some("ch_1"));
    assert_eq!(taking.clone().void(id(3), at(NOW)), wrong);
    assert_eq!(taking.clone().capture_authorized(id(3), at(NOW)), wrong);
    let void = reserved.void(id(3), at(NOW)).unwrap();
    assert_eq!(void.reference_for(&void.pending_calls[0]), Some("ch_1"));
    assert_eq!(void.clone().capture_authorized(id(2), at(NOW)), wrong);
    assert_eq!(done(void, 3).status(), PaymentStatus::Voided);
    let still = refused(taking, 2);
    assert_eq!(still.status(), PaymentStatus::Authorized);
    let taken = done(still.capture_authorized(id(4), at(NOW)).unwrap(), 4);
    assert_eq!(
        (taken.status(), taken.captured(), taken.amount),
        (PaymentStatus::Captured, usd(100), usd(100))
    );
}

#[test]
fn additional_charge_uses_the_stored_card() {
    let authorized = done(begun(GatewayCallKind::Authorize, 100), 1);
    let wrong = Err(PaymentError::WrongState(PaymentStatus::Authorized));
    assert_eq!(authorized.charge_more(id(2), usd(20), None, at(NOW)), wrong);
    let paid = done(begun(GatewayCallKind::Capture, 100), 1);
    assert_eq!(
        paid.clone().charge_more(id(2), usd(0), None, at(NOW)),
        Err(PaymentError::NotPositive)
    );
    let more = paid
        .clone()
        .charge_more(id(2), usd(20), None, at(NOW))
        .unwrap();
    assert_eq!(
        (more.pending_calls[0].method.as_deref(), more.amount),
        (Some("pm_1"), usd(100))
    );
    assert_eq!(more.reference_for(&more.pending_calls[0]), None);
    let twice = more.clone().charge_more(id(3), usd(20), None, at(NOW));
    assert_eq!(
        twice,
        Err(PaymentError::WrongState(PaymentStatus::Captured))
    );
    assert_eq!(refused(more.clone(), 2).amount, usd(100));
    assert_eq!(done(more, 2).amount, usd(120));
    let mut record = paid.into_record();
    record.method = None;
    let unknown = Payment::restore(record)
        .unwrap()
        .charge_more(id(2), usd(20), None, at(NOW));
    assert_eq!(unknown, Err(PaymentError::NoMethod));
}

#[test]
fn refund_uses_the_latest_capture_first() {
    let paid = done(begun(GatewayCallKind::Capture, 100), 1);
    let paid = done(paid.charge_more(id(2), usd(30), None, at(NOW)).unwrap(), 2);
    let asked = refund(&paid, 10, 50).unwrap();
    let calls: Vec<_> = asked
        .pending_calls
        .iter()
        .map(|call| (call.amount, call.against))
        .collect();
    assert_eq!(calls, [(usd(30), Some(id(2))), (usd(20), Some(id(1)))]);
    let references: Vec<_> = asked
        .pending_calls
        .iter()
        .map(|call| asked.reference_for(call))
        .collect();
    assert_eq!(references, [Some("ch_2"), Some("ch_1")]);
    // After a refused refund the amount of its capture can be refunded again.
    let refused = refused(asked, 10);
    let next = refund(&refused, 20, 40).unwrap();
    let calls: Vec<_> = next
        .pending_calls
        .iter()
        .map(|call| (call.amount, call.against))
        .collect();
    assert_eq!(
        calls,
        [
            (usd(20), Some(id(1))),
            (usd(30), Some(id(2))),
            (usd(10), Some(id(1)))
        ]
    );
}

#[test]
fn many_operations_of_one_change_make_one_version() {
    let stored = Payment::restore(begun(GatewayCallKind::Capture, 100).into_record()).unwrap();
    assert_eq!(stored.version, 1);
    let moved = refund(&done(stored, 1), 2, 60).unwrap();
    assert_eq!(moved.version, 2);
    assert_eq!(
        refund(&Payment::restore(moved.into_record()).unwrap(), 3, 1)
            .unwrap()
            .version,
        3
    );
}

#[test]
fn zero_amount_payment_is_captured() {
    let free = done(begun(GatewayCallKind::Capture, 0), 1);
    assert_eq!(
        (free.status(), free.refundable()),
        (PaymentStatus::Captured, usd(0))
    );
}

#[rstest]
#[case(
    GatewayCallKind::Refund,
    100,
    PaymentError::NotACharge(GatewayCallKind::Refund)
)]
#[case(
    GatewayCallKind::Void,
    100,
    PaymentError::NotACharge(GatewayCallKind::Void)
)]
#[case(
    GatewayCallKind::Payout,
    100,
    PaymentError::NotACharge(GatewayCallKind::Payout)
)]
#[case(GatewayCallKind::Capture, -1, PaymentError::NotPositive)]
#[case(GatewayCallKind::Authorize, i64::MIN, PaymentError::NotPositive)]
fn a_payment_begins_with_a_charge(
    #[case] kind: GatewayCallKind,
    #[case] amount: i64,
    #[case] refused: PaymentError,
) {
    let begin = Payment::begin(
        PaymentId::new(Uuid::from_u128(1)),
        BOOKING,
        PropertyId::new(Uuid::from_u128(3)),
        call(1, kind, amount),
    );
    assert_eq!(begin, Err(refused));
    let failed = self::refused(begun(GatewayCallKind::Capture, 100), 1);
    assert_eq!(failed.retry(call(2, kind, amount)), Err(refused));
}

#[test]
fn a_payment_has_one_currency() {
    let euros = Money::new(100, Currency::parse("EUR").unwrap());
    let failed = refused(begun(GatewayCallKind::Capture, 100), 1);
    let other = GatewayCall {
        amount: euros,
        ..call(2, GatewayCallKind::Capture, 100)
    };
    let mismatch = PaymentError::Money(MoneyError::CurrencyMismatch);
    assert_eq!(failed.retry(other), Err(mismatch));
    let paid = done(begun(GatewayCallKind::Capture, 100), 1);
    let mut ids = || Uuid::from_u128(9);
    for (amount, error) in [
        (euros, mismatch),
        (usd(0), PaymentError::NotPositive),
        (usd(-1), PaymentError::NotPositive),
    ] {
        let instalment = Instalment {
            due_at: at(NOW),
            amount,
        };
        let scheduled = paid
            .clone()
            .schedule_payouts(&mut ids, &[instalment], at(NOW));
        assert_eq!(scheduled, Err(error));
    }
}
