//! Cancellations and refunds.

use chrono::TimeDelta;
use sojourn_domain::booking::{BookingCommand, BookingStatus, CancelRequest, TransitionError};
use sojourn_domain::payment::{EntryKind, GatewayCallKind, PaymentStatus};
use sojourn_domain::shared::{BasisPoints, PaymentId, RepositoryError};
use uuid::Uuid;

use crate::booking::{CancelError, cancel, reserve};
use crate::payment::{DispatchError, PayError, RefundError, dispatch, pay, refund};
use crate::test_support::marketplace::{
    assert_consistent, card, gateway_refuses, gateway_times_out, guest, host, marketplace, paid,
    reserve_request,
};
use crate::test_support::rounds::retry_gateway_calls;
use crate::test_support::test_ports::{stranger, usd};

#[tokio::test]
async fn of_two_concurrent_cancellations_one_is_refused_and_one_refunds() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let (guest, host) = (guest(), host());
    let (first, second) = tokio::join!(
        cancel(&ports, &guest, booking.id, CancelRequest::default(), None),
        cancel(&ports, &host, booking.id, CancelRequest::default(), None),
    );
    let refused = |it: &Result<_, CancelError>| {
        let wrong = TransitionError::WrongState {
            status: BookingStatus::Cancelled,
            command: BookingCommand::Cancel,
        };
        *it == Err(CancelError::Refused(wrong))
    };
    assert_eq!(
        [&first, &second]
            .into_iter()
            .filter(|it| refused(it))
            .count(),
        1
    );
    assert_eq!(
        marketplace.lock().unwrap().payment().refunded(),
        booking.price.total
    );
    assert_eq!(
        marketplace
            .lock()
            .unwrap()
            .gateway_calls(GatewayCallKind::Refund),
        1
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn cancelling_refunds_by_the_policy_at_once() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let stale = cancel(
        &ports,
        &guest(),
        booking.id,
        CancelRequest::default(),
        Some(1),
    )
    .await;
    assert_eq!(stale, Err(CancelError::Stale));
    let greedy = CancelRequest {
        reason: None,
        granted: Some(BasisPoints::WHOLE),
    };
    assert_eq!(
        cancel(&ports, &guest(), booking.id, greedy, None).await,
        Err(CancelError::Forbidden)
    );
    let gone = cancel(
        &ports,
        &stranger(),
        booking.id,
        CancelRequest::default(),
        None,
    )
    .await;
    assert_eq!(gone, Err(CancelError::NotFound));
    marketplace.lock().unwrap().now = booking.deadlines().check_in() - TimeDelta::hours(1);
    let cancelled = cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    let refund = cancelled.cancellation.as_ref().unwrap().refund;
    let payment = marketplace.lock().unwrap().payment();
    assert_eq!(payment.refunded(), refund);
    assert!(refund.amount() < booking.price.total.amount());
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_gateway_timeout_does_not_undo_a_cancellation() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_times_out(&marketplace);
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(marketplace.lock().unwrap().payment().pending_calls.len(), 1);
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(retry_gateway_calls(&ports).await, Ok(1));
    assert_eq!(
        marketplace.lock().unwrap().payment().status(),
        PaymentStatus::Refunded
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn refunds_never_exceed_the_captured_amount() {
    let (marketplace, ports) = marketplace();
    let total = paid(&ports).await.price.total;
    let id = marketplace.lock().unwrap().payment().id;
    assert_eq!(
        refund(&ports, &guest(), id, usd(1), None).await,
        Err(RefundError::Forbidden)
    );
    assert!(matches!(
        refund(&ports, &host(), id, usd(0), None).await,
        Err(RefundError::Invalid(_))
    ));
    let payment = refund(&ports, &host(), id, usd(1_00), None).await.unwrap();
    assert_eq!(
        (payment.refunded, payment.status),
        (usd(1_00), PaymentStatus::PartiallyRefunded)
    );
    assert_eq!(
        refund(&ports, &host(), id, total, None).await,
        Err(RefundError::AboveCaptured)
    );
    gateway_refuses(&marketplace, "later");
    assert_eq!(
        refund(&ports, &host(), id, usd(1_00), None).await,
        Err(RefundError::Declined)
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn concurrent_outcomes_are_stored_once() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::Unavailable)
    );
    let id = marketplace.lock().unwrap().payment().id;
    let (payment, other) = tokio::join!(dispatch(&ports, id), dispatch(&ports, id));
    let payment = payment.unwrap();
    assert_eq!(payment, other.unwrap());
    let captures = payment
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Capture)
        .count();
    assert_eq!((captures, payment.captured()), (1, booking.price.total));
    let unknown = dispatch(&ports, PaymentId::new(Uuid::nil())).await;
    assert!(matches!(
        unknown,
        Err(DispatchError::Store(RepositoryError::Internal(_)))
    ));
}
