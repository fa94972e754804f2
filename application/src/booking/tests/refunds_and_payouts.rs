//! Refunds, payouts, unsolicited gateway events, and the resulting books.

use std::sync::Arc;

use chrono::TimeDelta;
use sojourn_domain::booking::{Booking, BookingStatus, CancelRequest};
use sojourn_domain::ledger::PostingReason;
use sojourn_domain::payment::{EntryKind, GatewayOutcome, Payment, PaymentStatus};
use sojourn_domain::shared::{BookingId, BookingRole, Money, PaymentEntryId};
use uuid::Uuid;

use crate::booking::{cancel, reserve};
use crate::integrity::check;
use crate::jobs::{SubjectWork, Work as _, WorkItem};
use crate::payment::{GatewayEventError, PayError, dispatch, handle_gateway_event, pay, refund};
use crate::ports::{JobKind, Ports};
use crate::test_support::marketplace::{
    InMemoryMarketplace, admin, assert_consistent, card, gateway_refuses, gateway_times_out, guest,
    host, marketplace, paid, reserve_request,
};
use crate::test_support::rounds::{process_due_bookings, retry_refunds};
use crate::test_support::test_ports::usd;

pub(super) fn done() -> GatewayOutcome {
    GatewayOutcome::Succeeded {
        reference: "by_itself".into(),
    }
}

pub(super) fn payment_of(marketplace: &InMemoryMarketplace, booking: BookingId) -> Payment {
    marketplace.lock().unwrap().payment_of(booking).unwrap()
}

/// Sum of the refunds borne by a party.
pub(super) fn given_by(payment: &Payment, by: BookingRole) -> Money {
    let entries = payment
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Refund);
    let borne = entries.filter(|entry| entry.borne_by == Some(by));
    usd(borne.map(|entry| entry.amount.amount()).sum())
}

/// Sets the clock to the instant of the host's payout for a short stay.
pub(super) fn at_payout_date(marketplace: &InMemoryMarketplace, booking: &Booking) {
    marketplace.lock().unwrap().now = booking.deadlines().check_in() + TimeDelta::hours(24);
}

pub(super) async fn withdrawn(ports: &Ports, booking: BookingId) {
    cancel(ports, &guest(), booking, CancelRequest::default(), None)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_capture_after_the_hold_expired_is_refunded() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::Unavailable)
    );
    marketplace.lock().unwrap().now += TimeDelta::minutes(16);
    assert_eq!(process_due_bookings(&ports).await, Ok(1));
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(payment.status(), PaymentStatus::Refunded);
    assert_eq!(payment.entries[1].reason.as_deref(), Some("late_capture"));
    assert_eq!(payment.entries[1].against, Some(payment.entries[0].id));
    let causes: Vec<_> = marketplace
        .lock()
        .unwrap()
        .journal
        .iter()
        .map(|entry| entry.cause)
        .collect();
    assert_eq!(causes, [PostingReason::Capture, PostingReason::Refund]);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_gateway_event_counts_once() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::Unavailable)
    );
    let payment = payment_of(&marketplace, booking.id);
    let call = payment.pending_calls[0].id;
    let (first, second) = tokio::join!(
        handle_gateway_event(&ports, call, payment.id, done()),
        handle_gateway_event(&ports, call, payment.id, done())
    );
    assert_eq!((first, second), (Ok(()), Ok(())));
    assert_eq!(
        handle_gateway_event(&ports, call, payment.id, done()).await,
        Ok(())
    );
    let contradiction = GatewayOutcome::Refused {
        code: "card_declined".into(),
    };
    assert_eq!(
        handle_gateway_event(&ports, call, payment.id, contradiction).await,
        Ok(())
    );
    let unknown = PaymentEntryId::new(Uuid::nil());
    assert_eq!(
        handle_gateway_event(&ports, unknown, payment.id, done()).await,
        Err(GatewayEventError::NotFound)
    );
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (payment.entries.len(), payment.captured()),
        (1, booking.price.total)
    );
    assert_eq!(
        marketplace.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_late_gateway_event_is_refunded_at_once() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert!(pay(&ports, &guest(), card(booking.id)).await.is_err());
    gateway_times_out(&marketplace);
    withdrawn(&ports, booking.id).await;
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        handle_gateway_event(&ports, payment.pending_calls[0].id, payment.id, done()).await,
        Ok(())
    );
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (payment.status(), payment.refunded()),
        (PaymentStatus::Refunded, booking.price.total)
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_host_refund_is_not_repeated_by_a_cancellation() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let payment = payment_of(&marketplace, booking.id);
    refund(
        &ports,
        &host(),
        payment.id,
        usd(50_00),
        Some("Sorry.".into()),
    )
    .await
    .unwrap();
    refund(
        &ports,
        &admin(),
        payment.id,
        usd(10_00),
        Some("Noise.".into()),
    )
    .await
    .unwrap();
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (
            given_by(&payment, BookingRole::Host),
            given_by(&payment, BookingRole::Admin)
        ),
        (usd(50_00), usd(10_00))
    );
    assert_eq!(payment.total_scheduled(), usd(241_00));
    assert_consistent(&marketplace);
    withdrawn(&ports, booking.id).await;
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (payment.status(), payment.refunded()),
        (PaymentStatus::Refunded, booking.price.total)
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_goodwill_refund_and_a_cancellation_add_up() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let payment = payment_of(&marketplace, booking.id);
    let (guest, host) = (guest(), host());
    let (cancelled, given) = tokio::join!(
        cancel(&ports, &guest, booking.id, CancelRequest::default(), None),
        refund(&ports, &host, payment.id, usd(50_00), None),
    );
    cancelled.unwrap();
    assert!(
        given.is_ok()
            || given_by(&payment_of(&marketplace, booking.id), BookingRole::Host).is_zero()
    );
    assert_eq!(
        payment_of(&marketplace, booking.id).refunded(),
        booking.price.total
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_refused_refund_stays_owed_and_is_paid_first() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_refuses(&marketplace, "later");
    withdrawn(&ports, booking.id).await;
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (payment.status(), payment.pending_calls.len()),
        (PaymentStatus::Captured, 0)
    );
    let report = check(&ports, &mut |_, _| ()).await.unwrap();
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    let given = refund(
        &ports,
        &admin(),
        payment.id,
        booking.price.total,
        Some("Noise.".into()),
    )
    .await
    .unwrap();
    assert_eq!(
        (
            given.status,
            given_by(&payment_of(&marketplace, booking.id), BookingRole::Admin)
        ),
        (PaymentStatus::Refunded, usd(0))
    );
    assert_consistent(&marketplace);
}

fn later(marketplace: &InMemoryMarketplace, by: TimeDelta) {
    marketplace.lock().unwrap().now += by;
}

#[tokio::test]
async fn a_refused_refund_is_retried_until_it_is_paid() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_refuses(&marketplace, "later");
    withdrawn(&ports, booking.id).await;
    let refused_at = marketplace.lock().unwrap().now;
    assert_eq!(retry_refunds(&ports).await, Ok(0));
    later(&marketplace, TimeDelta::minutes(1));
    gateway_refuses(&marketplace, "later_still");
    assert_eq!(retry_refunds(&ports).await, Ok(0));
    let payment = payment_of(&marketplace, booking.id);
    let failures = payment
        .entries
        .iter()
        .filter(|it| it.kind == EntryKind::Failure);
    assert_eq!(failures.count(), 2);
    assert_eq!(payment.refund_owed_since, Some(refused_at));
    gateway_times_out(&marketplace);
    assert_eq!(retry_refunds(&ports).await, Ok(0));
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(payment.pending_calls.len(), 1);
    assert_eq!(payment.refund_owed_since, Some(refused_at));
    assert_eq!(retry_refunds(&ports).await, Ok(1));
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (payment.status(), payment.refund_owed_since),
        (PaymentStatus::Refunded, None)
    );
    assert_eq!(payment.refunded(), booking.price.total);
    later(&marketplace, TimeDelta::days(2));
    assert_eq!(retry_refunds(&ports).await, Ok(0));
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_refusal_says_the_code_of_the_provider() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_refuses(&marketplace, "later");
    withdrawn(&ports, booking.id).await;
    gateway_refuses(&marketplace, "account_closed");
    let payment = payment_of(&marketplace, booking.id);
    let work = SubjectWork::new(ports.clone(), JobKind::Refund, Arc::default());
    let item = WorkItem::Subject(payment.id.uuid(), 0);
    let refused = work.attempt(&item).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the payment provider refused the refund: account_closed"
    );
}

#[tokio::test]
async fn a_refund_that_was_paid_since_is_not_retried() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_refuses(&marketplace, "later");
    withdrawn(&ports, booking.id).await;
    let payment = payment_of(&marketplace, booking.id);
    let total = booking.price.total;
    refund(&ports, &admin(), payment.id, total, Some("Noise.".into()))
        .await
        .unwrap();
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(payment.refund_owed_since, None);
    later(&marketplace, TimeDelta::minutes(5));
    assert_eq!(retry_refunds(&ports).await, Ok(0));
    assert_eq!(payment_of(&marketplace, booking.id), payment);
}

#[tokio::test]
async fn one_unanswered_call_does_not_block_the_others() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let payment = payment_of(&marketplace, booking.id);
    gateway_times_out(&marketplace);
    refund(&ports, &host(), payment.id, usd(1_00), None)
        .await
        .unwrap();
    gateway_times_out(&marketplace);
    refund(&ports, &host(), payment.id, usd(2_00), None)
        .await
        .unwrap();
    let payment = payment_of(&marketplace, booking.id);
    assert_eq!(
        (payment.refunded(), payment.pending_calls.len()),
        (usd(2_00), 1)
    );
    assert_eq!(
        dispatch(&ports, payment.id).await.unwrap().refunded(),
        usd(3_00)
    );
    assert_consistent(&marketplace);
}
