//! Tests of cards, idempotency keys and charges.

#![expect(
    clippy::too_many_lines,
    reason = "a test tells a scenario in one piece"
)]

mod journal;

use std::fs;
use std::path::PathBuf;

use sojourn_application::ports::{GatewayRequest, PaymentGateway as _};
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};
use sojourn_domain::shared::{Currency, Money, PaymentId};
use uuid::Uuid;

use crate::{SimulatedGateway, reference_for_import};

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::parse("EUR").unwrap())
}

fn request(key: &str, kind: GatewayCallKind, amount: i64) -> GatewayRequest {
    GatewayRequest {
        idempotency_key: key.to_owned(),
        kind,
        amount: eur(amount),
        method: None,
        reference: None,
        account: None,
        payment: PaymentId::new(Uuid::from_u128(7)),
    }
}

fn with_card(key: &str, kind: GatewayCallKind, amount: i64, card: &str) -> GatewayRequest {
    GatewayRequest {
        method: Some(card.to_owned()),
        ..request(key, kind, amount)
    }
}

fn referencing(key: &str, kind: GatewayCallKind, amount: i64, reference: &str) -> GatewayRequest {
    GatewayRequest {
        reference: Some(reference.to_owned()),
        ..request(key, kind, amount)
    }
}

fn declined(code: &str) -> GatewayOutcome {
    GatewayOutcome::Refused {
        code: code.to_owned(),
    }
}

/// The reference of a request that must succeed.
async fn execute(gateway: &SimulatedGateway, request: GatewayRequest) -> String {
    match gateway.call(request).await.unwrap() {
        GatewayOutcome::Succeeded { reference } => reference,
        GatewayOutcome::Refused { code } => panic!("{code}"),
    }
}

/// The code of a request that must be declined.
async fn decline_code(gateway: &SimulatedGateway, request: GatewayRequest) -> String {
    match gateway.call(request).await.unwrap() {
        GatewayOutcome::Succeeded { reference } => panic!("{reference} was executed"),
        GatewayOutcome::Refused { code } => code,
    }
}

/// A temporary directory, removed when it is dropped.
struct TemporaryDirectory(PathBuf);

impl TemporaryDirectory {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("sojourn-gateway-{name}-{}", std::process::id())))
    }

    fn gateway(&self) -> SimulatedGateway {
        SimulatedGateway::in_directory(&self.0)
    }

    fn journal(&self) -> PathBuf {
        self.0.join("gateway.jsonl")
    }

    fn lines(&self) -> usize {
        fs::read_to_string(self.journal()).unwrap().lines().count()
    }
}

impl Drop for TemporaryDirectory {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn each_card_has_its_outcome() {
    let table = [
        ("pm_card_visa", None),
        ("pm_card_mastercard", None),
        ("pm_card_answersTwice", None),
        ("pm_card_chargeDeclined", Some("card_declined")),
        ("pm_card_insufficientFunds", Some("insufficient_funds")),
        (
            "pm_card_authenticationRequired",
            Some("authentication_required"),
        ),
        ("4242424242424242", Some("invalid_payment_method")),
    ];
    for kind in [GatewayCallKind::Authorize, GatewayCallKind::Capture] {
        for (card, decline) in table {
            let outcome = SimulatedGateway::in_memory()
                .call(with_card("k", kind, 12_345, card))
                .await
                .unwrap();
            match decline {
                Some(code) => assert_eq!(outcome, declined(code), "{card}"),
                None => assert!(
                    matches!(outcome, GatewayOutcome::Succeeded { .. }),
                    "{card}"
                ),
            }
        }
    }
    let gateway = SimulatedGateway::in_memory();
    assert_eq!(
        decline_code(&gateway, request("k", GatewayCallKind::Capture, 1)).await,
        "invalid_payment_method"
    );
    let negative = with_card("l", GatewayCallKind::Capture, -1, "pm_card_visa");
    assert_eq!(decline_code(&gateway, negative).await, "amount_too_small");
    execute(
        &gateway,
        with_card("m", GatewayCallKind::Capture, 0, "pm_card_visa"),
    )
    .await;
}

#[tokio::test]
async fn an_idempotency_key_belongs_to_one_request() {
    let gateway = SimulatedGateway::in_memory();
    let first = with_card("k", GatewayCallKind::Capture, 100, "pm_card_visa");
    let reference = execute(&gateway, first.clone()).await;
    assert_eq!(execute(&gateway, first.clone()).await, reference);
    let other = GatewayRequest {
        amount: eur(101),
        ..first
    };
    assert_eq!(
        decline_code(&gateway, other).await,
        "idempotency_key_in_use"
    );
}

#[tokio::test]
async fn an_authorization_is_captured_once_and_never_above_its_amount() {
    let gateway = SimulatedGateway::in_memory();
    let authorized = execute(
        &gateway,
        with_card("a", GatewayCallKind::Authorize, 100, "pm_card_visa"),
    )
    .await;
    assert_eq!(
        decline_code(
            &gateway,
            referencing("b", GatewayCallKind::Refund, 1, &authorized)
        )
        .await,
        "charge_not_captured"
    );
    assert_eq!(
        decline_code(
            &gateway,
            referencing("c", GatewayCallKind::Capture, 101, &authorized)
        )
        .await,
        "amount_too_large"
    );
    let captured = execute(
        &gateway,
        referencing("d", GatewayCallKind::Capture, 100, &authorized),
    )
    .await;
    assert_eq!(
        decline_code(
            &gateway,
            referencing("e", GatewayCallKind::Capture, 100, &authorized)
        )
        .await,
        "charge_already_captured"
    );
    assert_eq!(
        decline_code(
            &gateway,
            referencing("f", GatewayCallKind::Void, 100, &authorized)
        )
        .await,
        "charge_already_captured"
    );
    assert_eq!(
        decline_code(
            &gateway,
            referencing("g", GatewayCallKind::Void, 100, &captured)
        )
        .await,
        "charge_already_captured"
    );
    execute(
        &gateway,
        referencing("h", GatewayCallKind::Refund, 100, &captured),
    )
    .await;

    let authorized = execute(
        &gateway,
        with_card("i", GatewayCallKind::Authorize, 100, "pm_card_visa"),
    )
    .await;
    execute(
        &gateway,
        referencing("j", GatewayCallKind::Void, 100, &authorized),
    )
    .await;
    assert_eq!(
        decline_code(
            &gateway,
            referencing("k", GatewayCallKind::Capture, 100, &authorized)
        )
        .await,
        "charge_already_voided"
    );
    assert_eq!(
        decline_code(
            &gateway,
            referencing("l", GatewayCallKind::Void, 100, &authorized)
        )
        .await,
        "charge_already_voided"
    );
}

#[tokio::test]
async fn refunds_never_exceed_the_capture() {
    let gateway = SimulatedGateway::in_memory();
    let captured = execute(
        &gateway,
        with_card("a", GatewayCallKind::Capture, 100, "pm_card_visa"),
    )
    .await;
    assert_eq!(
        decline_code(&gateway, request("b", GatewayCallKind::Refund, 1)).await,
        "missing_reference"
    );
    assert_eq!(
        decline_code(
            &gateway,
            referencing("c", GatewayCallKind::Refund, 1, "ch_1")
        )
        .await,
        "resource_missing"
    );
    assert_eq!(
        decline_code(
            &gateway,
            referencing("d", GatewayCallKind::Refund, 0, &captured)
        )
        .await,
        "amount_too_small"
    );
    let dollars = GatewayRequest {
        amount: Money::new(1, Currency::parse("USD").unwrap()),
        ..referencing("e", GatewayCallKind::Refund, 1, &captured)
    };
    assert_eq!(decline_code(&gateway, dollars).await, "currency_mismatch");
    execute(
        &gateway,
        referencing("f", GatewayCallKind::Refund, 60, &captured),
    )
    .await;
    execute(
        &gateway,
        referencing("f", GatewayCallKind::Refund, 60, &captured),
    )
    .await;
    assert_eq!(
        decline_code(
            &gateway,
            referencing("g", GatewayCallKind::Refund, 41, &captured)
        )
        .await,
        "amount_too_large"
    );
    execute(
        &gateway,
        referencing("h", GatewayCallKind::Refund, 40, &captured),
    )
    .await;
    assert_eq!(
        decline_code(
            &gateway,
            referencing("i", GatewayCallKind::Refund, 1, &captured)
        )
        .await,
        "charge_already_refunded"
    );
    // The amount of a charge without a record is that in its reference.
    let imported = reference_for_import(eur(100), "seed_1");
    assert_eq!(
        decline_code(
            &gateway,
            referencing("j", GatewayCallKind::Refund, 101, &imported)
        )
        .await,
        "amount_too_large"
    );
    execute(
        &gateway,
        referencing("k", GatewayCallKind::Refund, 100, &imported),
    )
    .await;
    assert_eq!(
        decline_code(
            &gateway,
            referencing("l", GatewayCallKind::Refund, 1, &imported)
        )
        .await,
        "charge_already_refunded"
    );
}

#[tokio::test]
async fn a_payout_requires_an_account() {
    let gateway = SimulatedGateway::in_memory();
    assert_eq!(
        decline_code(&gateway, request("a", GatewayCallKind::Payout, 100)).await,
        "missing_account"
    );
    let payout = GatewayRequest {
        account: Some("host".into()),
        ..request("b", GatewayCallKind::Payout, 100)
    };
    execute(&gateway, payout).await;
}
