//! Booking requests: accepted, declined, expired.

use chrono::TimeDelta;
use sojourn_domain::booking::{BookingCommand, BookingStatus, CancelRequest, TransitionError};
use sojourn_domain::payment::{GatewayCallKind, PaymentStatus};
use sojourn_domain::property::ClaimKind;
use sojourn_domain::shared::{PaymentId, Violations};

use super::flow_world::{World, admin, guest, host, refusing, requested, silence, sound, world};
use super::{AcceptError, DeclineError, accept, cancel, decline};
use crate::payment::settle;
use crate::ports::Ports;
use crate::test_ports::stranger;
use crate::work::{settle_bookings, settle_payments};

fn wrong(status: BookingStatus, command: BookingCommand) -> TransitionError {
    TransitionError::WrongState { status, command }
}

fn payment_id(world: &World) -> PaymentId {
    world.lock().unwrap().payment().id
}

async fn worker(world: &World, ports: &Ports) {
    world.lock().unwrap().now += TimeDelta::seconds(11);
    settle_payments(ports).await.unwrap();
}

#[tokio::test]
async fn the_host_accepts_and_what_was_reserved_is_taken() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    assert_eq!(
        (asked.status, world.lock().unwrap().payment().status()),
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
    assert_eq!(booking.confirmation.as_ref().unwrap().code.len(), 10);
    let again = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        again,
        Err(AcceptError::Refused(wrong(
            BookingStatus::Confirmed,
            BookingCommand::Accept
        )))
    );
    let shelf = world.lock().unwrap();
    assert_eq!(shelf.payment().captured(), booking.price.total);
    assert_eq!(
        shelf.charges[1].reference,
        Some(format!("ref_{}", shelf.charges[0].idempotency_key))
    );
    assert!(
        shelf
            .claims
            .values()
            .all(|claim| claim.kind == ClaimKind::Booked)
    );
    drop(shelf);
    sound(&world);
}

#[tokio::test]
async fn accepting_twice_at_once_takes_the_money_once() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    let host = host();
    let (first, second) = tokio::join!(
        accept(&ports, &host, asked.id, None),
        accept(&ports, &host, asked.id, None)
    );
    assert_eq!(first.unwrap().status, BookingStatus::Confirmed);
    assert_eq!(second.unwrap().status, BookingStatus::Confirmed);
    assert_eq!(world.lock().unwrap().asked(GatewayCallKind::Capture), 1);
    assert_eq!(
        world.lock().unwrap().payment().captured(),
        asked.price.total
    );
    sound(&world);
}

#[tokio::test]
async fn a_refused_capture_leaves_the_request_open() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    refusing(&world, "card_declined");
    let refused = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        refused,
        Err(AcceptError::CardRefused {
            code: "card_declined".into()
        })
    );
    assert_eq!(
        world.lock().unwrap().booking().status,
        BookingStatus::AwaitingHost
    );
    assert_eq!(
        accept(&ports, &host(), asked.id, None)
            .await
            .unwrap()
            .status,
        BookingStatus::Confirmed
    );
    sound(&world);
}

#[tokio::test]
async fn what_the_gateway_did_not_answer_is_finished_by_asking_again_or_by_the_worker() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    silence(&world);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    silence(&world);
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
    worker(&world, &ports).await;
    assert_eq!(
        world.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    assert_eq!(world.lock().unwrap().asked(GatewayCallKind::Capture), 1);
    sound(&world);
}

#[tokio::test]
async fn a_request_that_is_being_accepted_does_not_expire() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    silence(&world);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    world.lock().unwrap().now = asked.respond_by().unwrap() + TimeDelta::seconds(1);
    assert_eq!(settle_bookings(&ports).await, Ok(0));
    worker(&world, &ports).await;
    assert_eq!(
        world.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    sound(&world);
}

#[tokio::test]
async fn an_unanswered_request_expires_and_the_card_is_not_charged() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    let until = asked.respond_by().unwrap();
    world.lock().unwrap().now = until + TimeDelta::seconds(1);
    let late = accept(&ports, &host(), asked.id, None).await;
    assert_eq!(
        late,
        Err(AcceptError::Refused(TransitionError::TooLate { until }))
    );
    assert_eq!(settle_bookings(&ports).await, Ok(1));
    let shelf = world.lock().unwrap();
    assert_eq!(
        (shelf.booking().status, shelf.payment().status()),
        (BookingStatus::Expired, PaymentStatus::Voided)
    );
    assert!(shelf.claims.is_empty() && shelf.journal.is_empty());
    drop(shelf);
    sound(&world);
}

#[tokio::test]
async fn a_declined_request_frees_its_nights_and_gives_the_reservation_up() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
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
    let shelf = world.lock().unwrap();
    assert_eq!(shelf.payment().status(), PaymentStatus::Voided);
    assert!(shelf.claims.is_empty() && shelf.journal.is_empty());
    drop(shelf);
    sound(&world);
}

#[tokio::test]
async fn a_guest_who_cancels_while_it_is_accepted_gets_all_back() {
    let (world, ports) = world();
    let asked = requested(&world, &ports).await;
    silence(&world);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Unavailable)
    );
    silence(&world);
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
    let payment = settle(&ports, payment_id(&world)).await.unwrap();
    assert_eq!(
        (payment.captured(), payment.refunded()),
        (asked.price.total, asked.price.total)
    );
    let refund = payment.entries.last().unwrap();
    assert_eq!(refund.reason.as_deref(), Some("late_capture"));
    sound(&world);
}
