//! Alterations of a booking to whose guest a refused refund is still owed, and named cards.

use chrono::TimeDelta;
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::payment::GatewayCallKind;

use super::alterations::until;
use crate::booking::{
    AlterError, AlterRequest, AlterationPreview, BookingView, accept_alteration, alter, cancel,
    preview_alteration,
};
use crate::ports::Ports;
use crate::test_support::marketplace::{
    InMemoryMarketplace, assert_consistent, gateway_refuses, gateway_times_out, guest, host,
    marketplace, paid,
};
use crate::test_support::rounds::retry_gateway_calls;
use crate::test_support::test_ports::usd;

/// Two nights of three; the refund of the third, 114.20, was refused by the gateway.
async fn owing() -> (InMemoryMarketplace, Ports, BookingView) {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    gateway_refuses(&marketplace, "expired_card");
    let shorter = alter(&ports, &guest(), booking.id, until("2026-07-12"), None)
        .await
        .unwrap();
    assert_eq!(shorter.price.total, usd(228_40));
    assert_eq!(marketplace.lock().unwrap().payment().refunded(), usd(0));
    (marketplace, ports, shorter)
}

fn captures(marketplace: &InMemoryMarketplace) -> usize {
    let state = marketplace.lock().unwrap();
    state.gateway_calls(GatewayCallKind::Capture)
}

#[tokio::test]
async fn an_owed_refund_pays_for_the_alteration() {
    let (marketplace, ports, booking) = owing().await;
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-13"), None)
        .await
        .unwrap();
    assert_eq!(
        (altered.price.total, altered.alteration.is_none()),
        (usd(342_60), true)
    );
    assert_eq!(captures(&marketplace), 1);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn only_the_part_that_is_not_owed_is_charged() {
    let (marketplace, ports, booking) = owing().await;
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-14"), None)
        .await
        .unwrap();
    assert_eq!(altered.price.total, usd(456_80));
    let payment = marketplace.lock().unwrap().payment();
    assert_eq!(
        (payment.captured(), payment.refunded()),
        (usd(456_80), usd(0))
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_refused_charge_leaves_what_was_owed_to_the_guest() {
    let (marketplace, ports, booking) = owing().await;
    gateway_refuses(&marketplace, "card_declined");
    let refused = alter(&ports, &guest(), booking.id, until("2026-07-14"), None).await;
    assert!(matches!(refused, Err(AlterError::CardRefused { .. })));
    let payment = marketplace.lock().unwrap().payment();
    assert_eq!(
        (payment.captured(), payment.refunded()),
        (usd(342_60), usd(114_20))
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_cancellation_during_the_charge_refunds_everything_once() {
    let (marketplace, ports, booking) = owing().await;
    gateway_times_out(&marketplace);
    let silent = alter(&ports, &guest(), booking.id, until("2026-07-14"), None).await;
    assert_eq!(silent, Err(AlterError::Unavailable));
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    retry_gateway_calls(&ports).await.unwrap();
    let payment = marketplace.lock().unwrap().payment();
    assert_eq!(payment.refunded(), payment.captured());
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn the_guest_names_the_card_that_is_charged() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let card = |name: &str| Some(name.to_owned());
    let named = AlterRequest {
        payment_method: card("pm_card_mastercard"),
        ..until("2026-07-14")
    };
    let by_host = alter(&ports, &host(), booking.id, named.clone(), None).await;
    assert!(matches!(by_host, Err(AlterError::Invalid(_))));
    alter(&ports, &guest(), booking.id, named, None)
        .await
        .unwrap();
    alter(&ports, &host(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    accept_alteration(&ports, &guest(), booking.id, card("pm_card_amex"), None)
        .await
        .unwrap();
    let state = marketplace.lock().unwrap();
    let methods: Vec<_> = state
        .gateway_requests
        .iter()
        .map(|it| it.method.clone())
        .collect();
    assert_eq!(
        methods,
        ["pm_card_visa", "pm_card_mastercard", "pm_card_amex"].map(card)
    );
    assert_eq!(state.payment().method, card("pm_card_amex"));
}

#[tokio::test]
async fn a_preview_changes_nothing() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let seen = preview_alteration(&ports, &guest(), booking.id, &until("2026-07-14")).await;
    let AlterationPreview {
        price, difference, ..
    } = seen.unwrap();
    assert_eq!((price.total, difference), (usd(456_80), usd(114_20)));
    let wrong = AlterRequest {
        expected_total: Some(usd(456_79)),
        ..until("2026-07-14")
    };
    let refused = alter(&ports, &guest(), booking.id, wrong, None).await;
    assert_eq!(refused, Err(AlterError::PriceChanged(usd(456_80))));
    assert_eq!(marketplace.lock().unwrap().booking(), booking);
}
