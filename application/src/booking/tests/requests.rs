//! Booking requests: accepted, declined, expired.

use chrono::TimeDelta;
use sojourn_domain::booking::{BookingCommand, BookingStatus, CancelRequest, TransitionError};
use sojourn_domain::payment::{GatewayCallKind, PaymentStatus};
use sojourn_domain::property::ClaimKind;
use sojourn_domain::shared::{PaymentId, Violations};

use crate::booking::{AcceptError, DeclineError, accept, cancel, decline};
use crate::payment::dispatch;
use crate::ports::Ports;
use crate::test_support::marketplace::{
    InMemoryMarketplace, admin, assert_consistent, gateway_refuses, gateway_times_out, guest, host,
    marketplace, requested,
};
use crate::test_support::rounds::{process_due_bookings, retry_gateway_calls};
use crate::test_support::test_ports::stranger;

fn wrong(status: BookingStatus, command: BookingCommand) -> TransitionError {
    TransitionError::WrongState { status, command }
}

fn payment_id(marketplace: &InMemoryMarketplace) -> PaymentId {
    marketplace.lock().unwrap().payment().id
}

async fn worker(marketplace: &InMemoryMarketplace, ports: &Ports) {
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    retry_gateway_calls(ports).await.unwrap();
}

#[tokio::test]
async fn accepting_captures_the_authorization() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    assert_eq!(
        (asked.status, marketplace.lock().unwrap().payment().status()),
        (BookingStatus::AwaitingHost, PaymentStatus::Authorized)
    );
    assert_eq!(
        accept(&ports, &guest(), asked.id, None).await,
        Err(AcceptError::Forbidden)
    );
    assert_eq!(
        accept(&ports, &admin(), asked.id, None).await,
        Err(AcceptError::Forbidden)
    );
    assert_eq!(
        accept(&ports, &stranger(), asked.id, None).await,
        Err(AcceptError::NotFound)
    );
    assert_eq!(
        accept(&ports, &host(), asked.id, Some(1)).await,
        Err(AcceptError::Stale)
    );
    let booking = accept(&ports, &host(), asked.id, Some(asked.version))
        .await
        .unwrap();
    assert_eq!(booking.status, BookingStatus::Confirmed);
    assert_eq!(booking.confirmation_code.as_ref().unwrap().len(), 10);
    let again = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        again,
        Err(AcceptError::Refused(wrong(
            BookingStatus::Confirmed,
            BookingCommand::Accept
        )))
    );
    let state = marketplace.lock().unwrap();
    assert_eq!(state.payment().captured(), booking.price.total);
    assert_eq!(
        state.gateway_requests[1].reference,
        Some(format!("ref_{}", state.gateway_requests[0].idempotency_key))
    );
    assert!(
        state
            .claims
            .values()
            .all(|claim| claim.kind == ClaimKind::Booked)
    );
    drop(state);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn concurrent_acceptances_capture_once() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    let host = host();
    let (first, second) = tokio::join!(
        accept(&ports, &host, asked.id, None),
        accept(&ports, &host, asked.id, None)
    );
    assert_eq!(first.unwrap().status, BookingStatus::Confirmed);
    assert_eq!(second.unwrap().status, BookingStatus::Confirmed);
    assert_eq!(
        marketplace
            .lock()
            .unwrap()
            .gateway_calls(GatewayCallKind::Capture),
        1
    );
    assert_eq!(
        marketplace.lock().unwrap().payment().captured(),
        asked.price.total
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_refused_capture_leaves_the_request_open() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    gateway_refuses(&marketplace, "card_declined");
    let refused = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        refused,
        Err(AcceptError::CardRefused {
            code: "card_declined".into()
        })
    );
    assert_eq!(
        marketplace.lock().unwrap().booking().status,
        BookingStatus::AwaitingHost
    );
    assert_eq!(
        accept(&ports, &host(), asked.id, None)
            .await
            .unwrap()
            .status,
        BookingStatus::Confirmed
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn an_unanswered_capture_is_completed_by_a_retry_or_the_worker() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    gateway_times_out(&marketplace);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    gateway_times_out(&marketplace);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    let declined = decline(&ports, &host(), asked.id, None, None).await;
    assert_eq!(
        declined,
        Err(DeclineError::Refused(wrong(
            BookingStatus::AwaitingHost,
            BookingCommand::Decline
        )))
    );
    worker(&marketplace, &ports).await;
    assert_eq!(
        marketplace.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    assert_eq!(
        marketplace
            .lock()
            .unwrap()
            .gateway_calls(GatewayCallKind::Capture),
        1
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_request_that_is_being_accepted_does_not_expire() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    gateway_times_out(&marketplace);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    marketplace.lock().unwrap().now = asked.respond_by().unwrap() + TimeDelta::seconds(1);
    assert_eq!(process_due_bookings(&ports).await, Ok(0));
    worker(&marketplace, &ports).await;
    assert_eq!(
        marketplace.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn an_unanswered_request_expires_and_the_card_is_not_charged() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    let until = asked.respond_by().unwrap();
    marketplace.lock().unwrap().now = until + TimeDelta::seconds(1);
    let late = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        late,
        Err(AcceptError::Refused(TransitionError::TooLate { until }))
    );
    assert_eq!(process_due_bookings(&ports).await, Ok(1));
    let state = marketplace.lock().unwrap();
    assert_eq!(
        (state.booking().status, state.payment().status()),
        (BookingStatus::Expired, PaymentStatus::Voided)
    );
    assert!(state.claims.is_empty() && state.journal.is_empty());
    drop(state);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_declined_request_frees_its_nights_and_voids_the_authorization() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    let wordy = decline(&ports, &host(), asked.id, Some("x".repeat(1_001)), None).await;
    let too_long =
        |found: &Violations| found.iter().any(|violation| violation.pointer == "/reason");
    assert!(matches!(wordy, Err(DeclineError::Invalid(found)) if too_long(&found)));
    assert_eq!(
        decline(&ports, &guest(), asked.id, None, None).await,
        Err(DeclineError::Forbidden)
    );
    assert_eq!(
        decline(&ports, &host(), asked.id, None, Some(1)).await,
        Err(DeclineError::Stale)
    );
    let booking = decline(&ports, &host(), asked.id, Some("Full house.".into()), None)
        .await
        .unwrap();
    assert_eq!(booking.status, BookingStatus::Declined);
    assert_eq!(
        booking.history.last().unwrap().reason.as_deref(),
        Some("Full house.")
    );
    let state = marketplace.lock().unwrap();
    assert_eq!(state.payment().status(), PaymentStatus::Voided);
    assert!(state.claims.is_empty() && state.journal.is_empty());
    drop(state);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn cancelling_during_acceptance_refunds_everything() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    gateway_times_out(&marketplace);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    gateway_times_out(&marketplace);
    cancel(&ports, &guest(), asked.id, CancelRequest::default(), None)
        .await
        .unwrap();
    let refused = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        refused,
        Err(AcceptError::Refused(wrong(
            BookingStatus::Cancelled,
            BookingCommand::Accept
        )))
    );
    let payment = dispatch(&ports, payment_id(&marketplace)).await.unwrap();
    assert_eq!(
        (payment.captured(), payment.refunded()),
        (asked.price.total, asked.price.total)
    );
    let refund = payment.entries.last().unwrap();
    assert_eq!(refund.reason.as_deref(), Some("late_capture"));
    assert_consistent(&marketplace);
}
