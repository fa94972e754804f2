//! Reserving, paying, cancelling, settling and reviewing.

use std::sync::Arc;

use chrono::TimeDelta;
use sojourn_domain::booking::BookingCommitError;
use sojourn_domain::booking::{BookingStatus, CancelRequest, RatePlan, Unavailable};
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome, PaymentStatus};
use sojourn_domain::review::{ReviewError, ReviewText, Scores};

use crate::booking::{Reserve, ReserveError, cancel, check_in, check_out, reserve};
use crate::payment::{PayError, dispatch, pay};
use crate::review::{WriteError, WriteReview, write};
use crate::test_support::marketplace::{
    card, gateway_refuses, gateway_responds, gateway_times_out, guest, host, marketplace, paid,
    reserve_request,
};
use crate::test_support::rounds::{process_due_bookings, retry_gateway_calls};
use crate::test_support::test_ports::{stranger, usd};

#[tokio::test]
async fn a_stay_is_held_and_paid() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let state = marketplace.lock().unwrap();
    assert_eq!(booking.status, BookingStatus::Confirmed);
    assert_eq!(booking.confirmation.as_ref().unwrap().code.len(), 10);
    assert_eq!(state.payment().captured(), booking.price.total);
    let entry = state.payment().entries[0].id.to_string();
    assert_eq!(state.gateway_requests[0].idempotency_key, entry);
}

#[tokio::test]
async fn reserving_is_refused_with_its_reason() {
    let (_, ports) = marketplace();
    assert_eq!(
        reserve(&ports, &host(), reserve_request()).await,
        Err(ReserveError::OwnProperty)
    );
    let quoted = Reserve {
        quote_token: Some("forged".into()),
        ..reserve_request()
    };
    assert_eq!(
        reserve(&ports, &guest(), quoted).await,
        Err(ReserveError::QuoteInvalid)
    );
    let cheap = Reserve {
        expected_total: Some(usd(1)),
        ..reserve_request()
    };
    assert!(
        matches!(reserve(&ports, &guest(), cheap).await, Err(ReserveError::PriceChanged(total)) if total == usd(342_60))
    );
    let cheap = Reserve {
        rate: RatePlan::NonRefundable,
        ..reserve_request()
    };
    assert_eq!(
        reserve(&ports, &guest(), cheap).await,
        Err(ReserveError::NoSuchRate)
    );
    let past = Reserve {
        stay: "2026-05-01/2026-05-03".parse().unwrap(),
        ..reserve_request()
    };
    assert_eq!(
        reserve(&ports, &guest(), past).await,
        Err(ReserveError::Refused(vec![Unavailable::Past]))
    );
}

#[tokio::test]
async fn concurrently_taken_nights_are_named() {
    let (_, mut ports) = marketplace();
    let mut bookings = sojourn_domain::booking::MockBookingRepository::new();
    let night = crate::test_support::test_ports::date("2026-07-11");
    bookings
        .expect_commit()
        .returning(move |_| Err(BookingCommitError::NightsTaken(vec![night])));
    ports.bookings = Arc::new(bookings);
    let refused = ReserveError::Refused(vec![Unavailable::NightsTaken(vec![night])]);
    assert_eq!(
        reserve(&ports, &guest(), reserve_request()).await,
        Err(refused)
    );
}

#[tokio::test]
async fn a_declined_card_keeps_the_hold_and_another_pays() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_refuses(&marketplace, "card_declined");
    let declined = pay(&ports, &guest(), card(booking.id)).await;
    assert_eq!(
        declined,
        Err(PayError::Refused {
            code: "card_declined".into()
        })
    );
    assert_eq!(
        marketplace.lock().unwrap().bookings[&booking.id].status,
        BookingStatus::PendingPayment
    );
    let payment = pay(&ports, &guest(), card(booking.id)).await.unwrap();
    assert_eq!(payment.status, PaymentStatus::Captured);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::WrongState(BookingStatus::Confirmed))
    );
    assert_eq!(
        pay(&ports, &host(), card(booking.id)).await,
        Err(PayError::Forbidden)
    );
    assert_eq!(
        pay(&ports, &stranger(), card(booking.id)).await,
        Err(PayError::NotFound)
    );
}

#[tokio::test]
async fn an_unanswered_call_is_retried_with_the_same_key() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::Unavailable)
    );
    pay(&ports, &guest(), card(booking.id)).await.unwrap();
    let state = marketplace.lock().unwrap();
    assert_eq!(
        (
            state.gateway_requests.len(),
            state.gateway_calls(GatewayCallKind::Capture)
        ),
        (2, 1)
    );
    assert_eq!(state.payment().captured(), booking.price.total);
}

#[tokio::test]
async fn the_worker_completes_calls_left_by_a_crash() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::Unavailable)
    );
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(retry_gateway_calls(&ports).await, Ok(1));
    assert_eq!(
        marketplace.lock().unwrap().bookings[&booking.id].status,
        BookingStatus::Confirmed
    );
}

#[tokio::test]
async fn a_late_capture_is_refunded() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    let w = marketplace.clone();
    gateway_responds(&marketplace, move |_| {
        w.lock().unwrap().now += TimeDelta::minutes(16);
        Ok(GatewayOutcome::Succeeded {
            reference: "ch_1".into(),
        })
    });
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::HoldExpired)
    );
    {
        let state = marketplace.lock().unwrap();
        assert_eq!(state.bookings[&booking.id].status, BookingStatus::Expired);
        assert_eq!(state.payment().status(), PaymentStatus::Refunded);
        assert_eq!(state.payment().refunded(), booking.price.total);
    }
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::WrongState(BookingStatus::Expired))
    );
}

#[tokio::test]
async fn an_expired_hold_is_not_charged() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    marketplace.lock().unwrap().now += TimeDelta::minutes(16);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::WrongState(BookingStatus::Expired))
    );
    assert_eq!(process_due_bookings(&ports).await, Ok(1));
    let state = marketplace.lock().unwrap();
    assert!(state.gateway_requests.is_empty());
    assert_eq!(state.bookings[&booking.id].status, BookingStatus::Expired);
}

#[tokio::test]
async fn cancelling_during_a_charge_refunds_it() {
    let (marketplace, ports) = marketplace();
    let booking = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(booking.id)).await,
        Err(PayError::Unavailable)
    );
    gateway_times_out(&marketplace);
    let cancelled = cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(cancelled.status, BookingStatus::Cancelled);
    marketplace.lock().unwrap().responder = None;
    let id = marketplace.lock().unwrap().payment().id;
    let payment = dispatch(&ports, id).await.unwrap();
    assert_eq!(
        (payment.captured(), payment.status()),
        (booking.price.total, PaymentStatus::Refunded)
    );
    assert_eq!(
        marketplace.lock().unwrap().bookings[&booking.id].status,
        BookingStatus::Cancelled
    );
}

#[tokio::test]
async fn both_sides_review_a_completed_stay_once() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let text = ReviewText {
        scores: Scores {
            overall: 5,
            categories: Default::default(),
        },
        public_comment: "Lovely.".into(),
        private_note: None,
    };
    let said = || WriteReview {
        booking_id: booking.id,
        text: text.clone(),
    };
    assert_eq!(
        write(&ports, &guest(), said()).await,
        Err(WriteError::Refused(ReviewError::NotReviewable(
            BookingStatus::Confirmed
        )))
    );
    marketplace.lock().unwrap().now = booking.deadlines().check_in();
    check_in(&ports, &guest(), booking.id, None).await.unwrap();
    marketplace.lock().unwrap().now = booking.ends_at();
    check_out(&ports, &guest(), booking.id, None).await.unwrap();
    assert_eq!(
        write(&ports, &stranger(), said()).await,
        Err(WriteError::NotFound)
    );
    let blind = write(&ports, &guest(), said()).await.unwrap();
    assert_eq!(blind.published_at, None);
    assert_eq!(
        write(&ports, &guest(), said()).await,
        Err(WriteError::Exists)
    );
    assert!(
        write(&ports, &host(), said())
            .await
            .unwrap()
            .published_at
            .is_some()
    );
    assert!(
        marketplace
            .lock()
            .unwrap()
            .reviews
            .iter()
            .all(|review| review.published_at.is_some())
    );
}
