//! Alterations of holds and of stays in progress, and with instant acceptance.

use chrono::TimeDelta;
use sojourn_domain::booking::{
    Booking, BookingCommand, BookingStatus, CancelRequest, PriceError, TransitionError, Unavailable,
};
use sojourn_domain::payment::{GatewayCallKind, PaymentStatus};

use crate::booking::{
    AlterError, AlterRequest, GuestsPatch, accept_alteration, alter, cancel, check_in, reserve,
};
use crate::payment::pay;
use crate::ports::Ports;
use crate::test_support::marketplace::{
    InMemoryMarketplace, admin, assert_consistent, card, gateway_refuses, gateway_times_out, guest,
    host, marketplace, paid, reserve_request, take_requests,
};
use crate::test_support::rounds::retry_gateway_calls;
use crate::test_support::test_ports::{date, usd};

pub(super) fn until(check_out: &str) -> AlterRequest {
    AlterRequest {
        check_out: Some(date(check_out)),
        ..AlterRequest::default()
    }
}

pub(super) fn stored(marketplace: &InMemoryMarketplace) -> Booking {
    marketplace.lock().unwrap().booking()
}

/// A confirmed booking of three nights at a property without instant booking.
pub(super) async fn proposing() -> (InMemoryMarketplace, Ports, Booking) {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    take_requests(&marketplace);
    (marketplace, ports, booking)
}

#[tokio::test]
async fn a_hold_changes_at_once_and_is_not_renewed() {
    let (marketplace, ports) = marketplace();
    let held = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    marketplace.lock().unwrap().now += TimeDelta::minutes(10);
    assert_eq!(
        alter(&ports, &host(), held.id, until("2026-07-14"), None)
            .await
            .unwrap_err(),
        AlterError::Move(TransitionError::WrongState {
            status: BookingStatus::PendingPayment,
            command: BookingCommand::Alter
        })
    );
    let booking = alter(&ports, &guest(), held.id, until("2026-07-14"), Some(1))
        .await
        .unwrap();
    assert_eq!(
        (booking.stay.nights(), booking.price.total),
        (4, usd(456_80))
    );
    assert_eq!(booking.hold_expires_at, held.hold_expires_at);
    assert_eq!(marketplace.lock().unwrap().claims.len(), 4);
    pay(&ports, &guest(), card(booking.id)).await.unwrap();
    assert_eq!(
        marketplace.lock().unwrap().payment().captured(),
        usd(456_80)
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_hold_does_not_change_while_it_is_paid() {
    let (marketplace, ports) = marketplace();
    let held = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    gateway_times_out(&marketplace);
    assert!(pay(&ports, &guest(), card(held.id)).await.is_err());
    let wrong = TransitionError::WrongState {
        status: BookingStatus::PendingPayment,
        command: BookingCommand::Alter,
    };
    let refused = alter(&ports, &guest(), held.id, until("2026-07-14"), None).await;
    assert_eq!(refused, Err(AlterError::Move(wrong)));
    marketplace.lock().unwrap().now += TimeDelta::minutes(16);
    let late = alter(&ports, &guest(), held.id, until("2026-07-14"), None).await;
    assert!(matches!(
        late,
        Err(AlterError::Move(TransitionError::TooLate { .. }))
    ));
}

#[tokio::test]
async fn an_instant_property_accepts_the_guests_alteration_and_charges_the_difference() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    assert_eq!(
        (altered.stay.nights(), altered.price.total),
        (5, usd(571_00))
    );
    assert!(altered.alteration.is_none());
    let state = marketplace.lock().unwrap();
    assert_eq!(
        (state.payment().captured(), state.payment().amount),
        (usd(571_00), usd(571_00))
    );
    assert_eq!(
        state.gateway_requests[1].method.as_deref(),
        Some("pm_card_visa")
    );
    assert_eq!(
        (state.claims.len(), state.payment().total_scheduled()),
        (5, usd(485_00))
    );
    drop(state);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_cheaper_stay_refunds_the_difference_at_once() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-12"), None)
        .await
        .unwrap();
    assert_eq!(
        (altered.stay.nights(), altered.price.total),
        (2, usd(228_40))
    );
    let payment = marketplace.lock().unwrap().payment();
    assert_eq!(
        (payment.refunded(), payment.status()),
        (usd(114_20), PaymentStatus::PartiallyRefunded)
    );
    assert_eq!(
        (
            marketplace.lock().unwrap().claims.len(),
            payment.total_scheduled()
        ),
        (2, usd(194_00))
    );
    assert_consistent(&marketplace);
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(
        marketplace.lock().unwrap().payment().status(),
        PaymentStatus::Refunded
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_refused_card_leaves_the_booking_unchanged() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_refuses(&marketplace, "insufficient_funds");
    let refused = alter(&ports, &guest(), booking.id, until("2026-07-15"), None).await;
    assert_eq!(
        refused,
        Err(AlterError::CardRefused {
            code: "insufficient_funds".into()
        })
    );
    let now = stored(&marketplace);
    assert_eq!(
        (now.stay, &now.price, &now.alteration),
        (booking.stay, &booking.price, &None)
    );
    assert_eq!(marketplace.lock().unwrap().claims.len(), 3);
    assert_eq!(
        marketplace.lock().unwrap().payment().captured(),
        booking.price.total
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_retry_completes_an_unanswered_charge() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_times_out(&marketplace);
    let silent = alter(&ports, &guest(), booking.id, until("2026-07-15"), None).await;
    assert_eq!(silent, Err(AlterError::Unavailable));
    assert_eq!(
        (
            stored(&marketplace).stay,
            marketplace.lock().unwrap().claims.len()
        ),
        (booking.stay, 5)
    );
    let other = alter(&ports, &guest(), booking.id, until("2026-07-16"), None).await;
    assert_eq!(
        other,
        Err(AlterError::Move(TransitionError::AlterationPending))
    );
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    assert_eq!(altered.stay.nights(), 5);
    assert_eq!(
        marketplace
            .lock()
            .unwrap()
            .gateway_calls(GatewayCallKind::Capture),
        2
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn the_worker_completes_an_unanswered_charge() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_times_out(&marketplace);
    assert!(
        alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
            .await
            .is_err()
    );
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(retry_gateway_calls(&ports).await, Ok(1));
    assert_eq!(stored(&marketplace).stay.nights(), 5);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn cancelling_while_the_difference_is_charged_refunds_everything() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_times_out(&marketplace);
    assert!(
        alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
            .await
            .is_err()
    );
    gateway_times_out(&marketplace);
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert!(marketplace.lock().unwrap().claims.is_empty());
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    retry_gateway_calls(&ports).await.unwrap();
    let payment = marketplace.lock().unwrap().payment();
    assert_eq!(
        (payment.captured(), payment.refunded()),
        (usd(571_00), usd(571_00))
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_stay_in_progress_can_only_change_its_end() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    marketplace.lock().unwrap().now = booking.deadlines().check_in();
    check_in(&ports, &guest(), booking.id, None).await.unwrap();
    let earlier = AlterRequest {
        check_in: Some(date("2026-07-09")),
        ..AlterRequest::default()
    };
    let refused = alter(&ports, &guest(), booking.id, earlier, None).await;
    assert_eq!(
        refused,
        Err(AlterError::Move(TransitionError::CheckOutOnly))
    );
    let longer = alter(&ports, &guest(), booking.id, until("2026-07-14"), None)
        .await
        .unwrap();
    assert_eq!(
        (longer.status, longer.stay.nights()),
        (BookingStatus::CheckedIn, 4)
    );
    // Leaving early would not refund these nights: the host decides.
    let asked = alter(&ports, &guest(), booking.id, until("2026-07-11"), None)
        .await
        .unwrap();
    assert_eq!((asked.stay.nights(), asked.alteration.is_some()), (4, true));
    let shorter = accept_alteration(&ports, &host(), booking.id, None, None)
        .await
        .unwrap();
    assert_eq!(shorter.stay.nights(), 1);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn every_violation_of_an_alteration_is_reported() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let guests = GuestsPatch {
        adults: Some(0),
        ..GuestsPatch::default()
    };
    let odd = AlterRequest {
        guests,
        ..until("2026-07-10")
    };
    let Err(AlterError::Invalid(found)) = alter(&ports, &guest(), booking.id, odd, None).await
    else {
        panic!("expected an error")
    };
    let pointers: Vec<_> = found
        .iter()
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/check_out", "/guests/adults"]);
    let same = alter(&ports, &guest(), booking.id, AlterRequest::default(), None).await;
    assert_eq!(same, Err(AlterError::Move(TransitionError::NothingToAlter)));
    assert_eq!(
        alter(&ports, &admin(), booking.id, until("2026-07-14"), None).await,
        Err(AlterError::Forbidden)
    );
    let guests_patch = GuestsPatch {
        children: Some(9),
        ..GuestsPatch::default()
    };
    let request = AlterRequest {
        guests: guests_patch,
        ..AlterRequest::default()
    };
    let refused = alter(&ports, &guest(), booking.id, request, None).await;
    assert_eq!(
        refused,
        Err(AlterError::Refused(vec![Unavailable::TooManyGuests(4)]))
    );
    marketplace.lock().unwrap().edit(|record| {
        let euro = sojourn_domain::shared::Currency::parse("EUR").unwrap();
        let nightly = sojourn_domain::shared::Money::new(90_00, euro);
        record.details.pricing = Some(sojourn_domain::property::Pricing::nightly(nightly));
    });
    let foreign = alter(&ports, &guest(), booking.id, until("2026-07-14"), None).await;
    assert_eq!(foreign, Err(AlterError::Price(PriceError::CurrencyChanged)));
    assert_eq!(stored(&marketplace), booking);
}
