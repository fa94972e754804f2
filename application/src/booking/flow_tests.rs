//! Reserving, paying, cancelling, settling and reviewing.

use std::sync::Arc;

use chrono::TimeDelta;
use sojourn_domain::booking::{
    BookingCommand, BookingStatus, CancelRequest, RatePlan, TransitionError, Unavailable,
};
use sojourn_domain::payment::{EntryKind, GatewayCallKind, GatewayOutcome, PaymentStatus};
use sojourn_domain::review::{ReviewError, ReviewText, Scores};
use sojourn_domain::shared::{BasisPoints, CommitError, PaymentId, RepositoryError};
use uuid::Uuid;

use super::flow_world::{
    answering, card, guest, host, paid, refusing, silence, sound, wish, world,
};
use super::{CancelError, Reserve, ReserveError, cancel, check_in, check_out, reserve};
use crate::payment::{PayError, RefundError, SettleError, pay, refund, settle};
use crate::review::{WriteError, WriteReview, write};
use crate::test_ports::{stranger, usd};
use crate::work::{settle_bookings, settle_payments};

#[tokio::test]
async fn a_stay_is_held_and_paid() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let shelf = world.lock().unwrap();
    assert_eq!(booking.status, BookingStatus::Confirmed);
    assert_eq!(booking.confirmation.as_ref().unwrap().code.len(), 10);
    assert_eq!(shelf.payment().captured(), booking.price.total);
    let entry = shelf.payment().entries[0].id.to_string();
    assert_eq!(shelf.charges[0].idempotency_key, entry);
}

#[tokio::test]
async fn reserving_is_refused_with_its_reason() {
    let (_, ports) = world();
    assert_eq!(
        reserve(&ports, &host(), wish()).await,
        Err(ReserveError::OwnProperty)
    );
    let quoted = Reserve {
        quote_token: Some("forged".into()),
        ..wish()
    };
    assert_eq!(
        reserve(&ports, &guest(), quoted).await,
        Err(ReserveError::QuoteInvalid)
    );
    let cheap = Reserve {
        expected_total: Some(usd(1)),
        ..wish()
    };
    assert!(
        matches!(reserve(&ports, &guest(), cheap).await, Err(ReserveError::PriceChanged(total)) if total == usd(342_60))
    );
    let cheap = Reserve {
        rate: RatePlan::NonRefundable,
        ..wish()
    };
    assert_eq!(
        reserve(&ports, &guest(), cheap).await,
        Err(ReserveError::NoSuchRate)
    );
    let past = Reserve {
        stay: "2026-05-01/2026-05-03".parse().unwrap(),
        ..wish()
    };
    assert_eq!(
        reserve(&ports, &guest(), past).await,
        Err(ReserveError::Refused(vec![Unavailable::Past]))
    );
}

#[tokio::test]
async fn nights_lost_in_the_race_are_named() {
    let (_, mut ports) = world();
    let mut bookings = sojourn_domain::booking::MockBookingRepository::new();
    let night = crate::test_ports::date("2026-07-11");
    bookings
        .expect_commit()
        .returning(move |_| Err(CommitError::NightsTaken(vec![night])));
    ports.bookings = Arc::new(bookings);
    let refused = ReserveError::Refused(vec![Unavailable::NightsTaken(vec![night])]);
    assert_eq!(reserve(&ports, &guest(), wish()).await, Err(refused));
}

#[tokio::test]
async fn a_declined_card_keeps_the_hold_and_another_pays() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    refusing(&world, "card_declined");
    let declined = pay(&ports, &guest(), card(&booking)).await;
    assert_eq!(
        declined,
        Err(PayError::Refused {
            code: "card_declined".into()
        })
    );
    assert_eq!(
        world.lock().unwrap().bookings[&booking.id].status,
        BookingStatus::PendingPayment
    );
    let payment = pay(&ports, &guest(), card(&booking)).await.unwrap();
    assert_eq!(payment.status(), PaymentStatus::Captured);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::WrongState(BookingStatus::Confirmed))
    );
    assert_eq!(
        pay(&ports, &host(), card(&booking)).await,
        Err(PayError::Forbidden)
    );
    assert_eq!(
        pay(&ports, &stranger(), card(&booking)).await,
        Err(PayError::NotFound)
    );
}

#[tokio::test]
async fn a_silent_gateway_is_asked_again_with_the_same_key() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::Unavailable)
    );
    pay(&ports, &guest(), card(&booking)).await.unwrap();
    let shelf = world.lock().unwrap();
    assert_eq!(
        (shelf.charges.len(), shelf.asked(GatewayCallKind::Capture)),
        (2, 1)
    );
    assert_eq!(shelf.payment().captured(), booking.price.total);
}

#[tokio::test]
async fn the_worker_settles_what_a_crash_left() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::Unavailable)
    );
    world.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(settle_payments(&ports).await, Ok(1));
    assert_eq!(
        world.lock().unwrap().bookings[&booking.id].status,
        BookingStatus::Confirmed
    );
}

#[tokio::test]
async fn a_late_capture_is_refunded() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    let w = world.clone();
    answering(&world, move |_| {
        w.lock().unwrap().now += TimeDelta::minutes(16);
        Ok(GatewayOutcome::Succeeded {
            reference: "ch_1".into(),
        })
    });
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::HoldExpired)
    );
    {
        let shelf = world.lock().unwrap();
        assert_eq!(shelf.bookings[&booking.id].status, BookingStatus::Expired);
        assert_eq!(shelf.payment().status(), PaymentStatus::Refunded);
        assert_eq!(shelf.payment().refunded(), booking.price.total);
    }
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::WrongState(BookingStatus::Expired))
    );
}

#[tokio::test]
async fn a_hold_that_is_over_is_not_charged() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    world.lock().unwrap().now += TimeDelta::minutes(16);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::WrongState(BookingStatus::Expired))
    );
    assert_eq!(settle_bookings(&ports).await, Ok(1));
    let shelf = world.lock().unwrap();
    assert!(shelf.charges.is_empty());
    assert_eq!(shelf.bookings[&booking.id].status, BookingStatus::Expired);
}

#[tokio::test]
async fn cancelling_while_the_gateway_is_asked_refunds_what_it_takes() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::Unavailable)
    );
    silence(&world);
    let cancelled = cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(cancelled.status, BookingStatus::Cancelled);
    world.lock().unwrap().answer = None;
    let id = world.lock().unwrap().payment().id;
    let payment = settle(&ports, id).await.unwrap();
    assert_eq!(
        (payment.captured(), payment.status()),
        (booking.price.total, PaymentStatus::Refunded)
    );
    assert_eq!(
        world.lock().unwrap().bookings[&booking.id].status,
        BookingStatus::Cancelled
    );
}

#[tokio::test]
async fn of_two_who_cancel_at_once_one_is_refused_and_the_refund_is_one() {
    let (world, ports) = world();
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
        world.lock().unwrap().payment().refunded(),
        booking.price.total
    );
    assert_eq!(world.lock().unwrap().asked(GatewayCallKind::Refund), 1);
    sound(&world);
}

#[tokio::test]
async fn cancelling_refunds_by_the_policy_at_once() {
    let (world, ports) = world();
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
    world.lock().unwrap().now = booking.deadlines().check_in() - TimeDelta::hours(1);
    let cancelled = cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    let refund = cancelled.cancellation.as_ref().unwrap().refund.refund;
    let payment = world.lock().unwrap().payment();
    assert_eq!(payment.refunded(), refund);
    assert!(refund.amount() < booking.price.total.amount());
    sound(&world);
}

#[tokio::test]
async fn a_silent_gateway_does_not_undo_a_cancellation() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    silence(&world);
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(world.lock().unwrap().payment().pending_calls.len(), 1);
    world.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(settle_payments(&ports).await, Ok(1));
    assert_eq!(
        world.lock().unwrap().payment().status(),
        PaymentStatus::Refunded
    );
    sound(&world);
}

#[tokio::test]
async fn refunds_never_exceed_what_was_taken() {
    let (world, ports) = world();
    let total = paid(&ports).await.price.total;
    let id = world.lock().unwrap().payment().id;
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
        (payment.refunded(), payment.status()),
        (usd(1_00), PaymentStatus::PartiallyRefunded)
    );
    assert_eq!(
        refund(&ports, &host(), id, total, None).await,
        Err(RefundError::AboveCaptured)
    );
    refusing(&world, "later");
    assert_eq!(
        refund(&ports, &host(), id, usd(1_00), None).await,
        Err(RefundError::Unavailable)
    );
    sound(&world);
}

#[tokio::test]
async fn an_answer_is_stored_once_by_whoever_is_faster() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::Unavailable)
    );
    let id = world.lock().unwrap().payment().id;
    let (payment, other) = tokio::join!(settle(&ports, id), settle(&ports, id));
    let payment = payment.unwrap();
    assert_eq!(payment, other.unwrap());
    let captures = payment
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Capture)
        .count();
    assert_eq!((captures, payment.captured()), (1, booking.price.total));
    let unknown = settle(&ports, PaymentId::new(Uuid::nil())).await;
    assert!(matches!(
        unknown,
        Err(SettleError::Store(RepositoryError::Internal(_)))
    ));
}

#[tokio::test]
async fn both_sides_review_a_completed_stay_once() {
    let (world, ports) = world();
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
        Err(WriteError::Refused(ReviewError::NotReviewable))
    );
    world.lock().unwrap().now = booking.deadlines().check_in();
    check_in(&ports, &guest(), booking.id, None).await.unwrap();
    world.lock().unwrap().now = booking.ends_at();
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
        world
            .lock()
            .unwrap()
            .reviews
            .iter()
            .all(|review| review.published_at.is_some())
    );
}
