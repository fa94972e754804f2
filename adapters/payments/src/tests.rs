//! Cards, keys, what is left of a charge, and the book.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use sojourn_application::ports::{Charge, PaymentGateway as _};
use sojourn_domain::payment::{CallKind, GatewayOutcome};
use sojourn_domain::shared::{Currency, Money, PaymentId};
use tokio::sync::mpsc;
use tokio::time::timeout;
use uuid::Uuid;

use crate::{SimulatedGateway, paid_before};

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::parse("EUR").unwrap())
}

fn asked(key: &str, kind: CallKind, amount: i64) -> Charge {
    Charge {
        idempotency_key: key.to_owned(),
        kind,
        amount: eur(amount),
        method: None,
        reference: None,
        account: None,
        payment: PaymentId::new(Uuid::from_u128(7)),
    }
}

fn with_card(key: &str, kind: CallKind, amount: i64, card: &str) -> Charge {
    Charge {
        method: Some(card.to_owned()),
        ..asked(key, kind, amount)
    }
}

fn about(key: &str, kind: CallKind, amount: i64, reference: &str) -> Charge {
    Charge {
        reference: Some(reference.to_owned()),
        ..asked(key, kind, amount)
    }
}

fn refused(code: &str) -> GatewayOutcome {
    GatewayOutcome::Refused {
        code: code.to_owned(),
    }
}

/// The reference of what must be done.
async fn done(gateway: &SimulatedGateway, charge: Charge) -> String {
    match gateway.call(charge).await.unwrap() {
        GatewayOutcome::Done { reference } => reference,
        GatewayOutcome::Refused { code } => panic!("{code}"),
    }
}

/// The code of what must be refused.
async fn code(gateway: &SimulatedGateway, charge: Charge) -> String {
    match gateway.call(charge).await.unwrap() {
        GatewayOutcome::Done { reference } => panic!("{reference} was done"),
        GatewayOutcome::Refused { code } => code,
    }
}

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("sojourn-gateway-{name}-{}", std::process::id())))
    }

    fn gateway(&self) -> SimulatedGateway {
        SimulatedGateway::in_folder(&self.0)
    }

    fn book(&self) -> PathBuf {
        self.0.join("gateway.jsonl")
    }

    fn lines(&self) -> usize {
        fs::read_to_string(self.book()).unwrap().lines().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn cards_do_what_their_names_say() {
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
    for kind in [CallKind::Authorize, CallKind::Capture] {
        for (card, refusal) in table {
            let outcome = SimulatedGateway::in_memory()
                .call(with_card("k", kind, 12_345, card))
                .await
                .unwrap();
            match refusal {
                Some(code) => assert_eq!(outcome, refused(code), "{card}"),
                None => assert!(matches!(outcome, GatewayOutcome::Done { .. }), "{card}"),
            }
        }
    }
    let gateway = SimulatedGateway::in_memory();
    assert_eq!(
        code(&gateway, asked("k", CallKind::Capture, 1)).await,
        "invalid_payment_method"
    );
    let less = with_card("l", CallKind::Capture, -1, "pm_card_visa");
    assert_eq!(code(&gateway, less).await, "amount_too_small");
    done(
        &gateway,
        with_card("m", CallKind::Capture, 0, "pm_card_visa"),
    )
    .await;
}

#[tokio::test]
async fn a_key_belongs_to_one_charge() {
    let gateway = SimulatedGateway::in_memory();
    let first = with_card("k", CallKind::Capture, 100, "pm_card_visa");
    let reference = done(&gateway, first.clone()).await;
    assert_eq!(done(&gateway, first.clone()).await, reference);
    let other = Charge {
        amount: eur(101),
        ..first
    };
    assert_eq!(code(&gateway, other).await, "idempotency_key_in_use");
}

#[tokio::test]
async fn a_reservation_is_taken_once_and_never_above_its_amount() {
    let gateway = SimulatedGateway::in_memory();
    let held = done(
        &gateway,
        with_card("a", CallKind::Authorize, 100, "pm_card_visa"),
    )
    .await;
    assert_eq!(
        code(&gateway, about("b", CallKind::Refund, 1, &held)).await,
        "charge_not_captured"
    );
    assert_eq!(
        code(&gateway, about("c", CallKind::Capture, 101, &held)).await,
        "amount_too_large"
    );
    let taken = done(&gateway, about("d", CallKind::Capture, 100, &held)).await;
    assert_eq!(
        code(&gateway, about("e", CallKind::Capture, 100, &held)).await,
        "charge_already_captured"
    );
    assert_eq!(
        code(&gateway, about("f", CallKind::Void, 100, &held)).await,
        "charge_already_captured"
    );
    assert_eq!(
        code(&gateway, about("g", CallKind::Void, 100, &taken)).await,
        "charge_already_captured"
    );
    done(&gateway, about("h", CallKind::Refund, 100, &taken)).await;

    let held = done(
        &gateway,
        with_card("i", CallKind::Authorize, 100, "pm_card_visa"),
    )
    .await;
    done(&gateway, about("j", CallKind::Void, 100, &held)).await;
    assert_eq!(
        code(&gateway, about("k", CallKind::Capture, 100, &held)).await,
        "charge_already_voided"
    );
    assert_eq!(
        code(&gateway, about("l", CallKind::Void, 100, &held)).await,
        "charge_already_voided"
    );
}

#[tokio::test]
async fn no_more_comes_back_than_was_taken() {
    let gateway = SimulatedGateway::in_memory();
    let taken = done(
        &gateway,
        with_card("a", CallKind::Capture, 100, "pm_card_visa"),
    )
    .await;
    assert_eq!(
        code(&gateway, asked("b", CallKind::Refund, 1)).await,
        "missing_reference"
    );
    assert_eq!(
        code(&gateway, about("c", CallKind::Refund, 1, "ch_1")).await,
        "resource_missing"
    );
    assert_eq!(
        code(&gateway, about("d", CallKind::Refund, 0, &taken)).await,
        "amount_too_small"
    );
    let dollars = Charge {
        amount: Money::new(1, Currency::parse("USD").unwrap()),
        ..about("e", CallKind::Refund, 1, &taken)
    };
    assert_eq!(code(&gateway, dollars).await, "currency_mismatch");
    done(&gateway, about("f", CallKind::Refund, 60, &taken)).await;
    done(&gateway, about("f", CallKind::Refund, 60, &taken)).await;
    assert_eq!(
        code(&gateway, about("g", CallKind::Refund, 41, &taken)).await,
        "amount_too_large"
    );
    done(&gateway, about("h", CallKind::Refund, 40, &taken)).await;
    assert_eq!(
        code(&gateway, about("i", CallKind::Refund, 1, &taken)).await,
        "charge_already_refunded"
    );
    // A charge that the book does not have is worth what its name tells.
    let before = paid_before(eur(100), "seed_1");
    assert_eq!(
        code(&gateway, about("j", CallKind::Refund, 101, &before)).await,
        "amount_too_large"
    );
    done(&gateway, about("k", CallKind::Refund, 100, &before)).await;
    assert_eq!(
        code(&gateway, about("l", CallKind::Refund, 1, &before)).await,
        "charge_already_refunded"
    );
}

#[tokio::test]
async fn hosts_are_paid_into_their_account() {
    let gateway = SimulatedGateway::in_memory();
    assert_eq!(
        code(&gateway, asked("a", CallKind::Payout, 100)).await,
        "missing_account"
    );
    let paid = Charge {
        account: Some("host".into()),
        ..asked("b", CallKind::Payout, 100)
    };
    done(&gateway, paid).await;
}

#[tokio::test]
async fn the_book_outlives_the_gateway_and_is_shared() {
    let folder = Folder::new("shared");
    let (one, two) = (folder.gateway(), folder.gateway());
    let charge = with_card("k", CallKind::Capture, 100, "pm_card_visa");
    let reference = done(&one, charge.clone()).await;
    assert_eq!(done(&two, charge.clone()).await, reference);
    done(&two, about("r", CallKind::Refund, 100, &reference)).await;
    assert_eq!(
        code(&one, about("s", CallKind::Refund, 1, &reference)).await,
        "charge_already_refunded"
    );
    assert_eq!(folder.lines(), 3);
    assert_eq!(done(&folder.gateway(), charge).await, reference);
    assert_eq!(folder.lines(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_the_same_one_charges() {
    let folder = Folder::new("many");
    let racers: Vec<_> = (0..32)
        .map(|n| {
            let (gateway, key) = (folder.gateway(), format!("k{}", n % 4));
            tokio::spawn(async move {
                done(
                    &gateway,
                    with_card(&key, CallKind::Capture, 100, "pm_card_visa"),
                )
                .await
            })
        })
        .collect();
    for racer in racers {
        racer.await.unwrap();
    }
    assert_eq!(folder.lines(), 4);
}

#[tokio::test]
async fn a_line_that_was_cut_short_was_no_answer() {
    let folder = Folder::new("torn");
    let charge = |key| with_card(key, CallKind::Capture, 100, "pm_card_visa");
    done(&folder.gateway(), charge("a")).await;
    done(&folder.gateway(), charge("b")).await;
    let text = fs::read(folder.book()).unwrap();
    fs::write(folder.book(), &text[..text.len() - 9]).unwrap();
    let gateway = folder.gateway();
    done(&gateway, charge("c")).await;
    assert_eq!(folder.lines(), 2);
    done(&gateway, charge("b")).await;
    assert_eq!(folder.lines(), 3);
    fs::write(folder.book(), b"not a line\n").unwrap();
    let error = folder.gateway().call(charge("d")).await.unwrap_err();
    assert!(error.0.starts_with("its book: "), "{error}");
}

#[tokio::test]
async fn a_silent_card_answers_when_it_is_asked_again_even_after_a_restart() {
    let folder = Folder::new("silent");
    let charge = with_card("k", CallKind::Capture, 100, "pm_card_timeoutAfterCharge");
    folder.gateway().call(charge.clone()).await.unwrap_err();
    done(&folder.gateway(), charge).await;
    assert_eq!(folder.lines(), 1);
}

#[tokio::test]
async fn some_answers_arrive_by_themselves() {
    let (tell, mut heard) = mpsc::channel(8);
    let gateway = SimulatedGateway::in_memory().telling(tell);
    let twice = with_card("t", CallKind::Capture, 100, "pm_card_answersTwice");
    let reference = done(&gateway, twice.clone()).await;
    let again = heard.recv().await.unwrap();
    assert_eq!(
        (again.idempotency_key.as_str(), again.payment),
        ("t", twice.payment)
    );
    assert_eq!(again.outcome, GatewayOutcome::Done { reference });

    let late = with_card("l", CallKind::Capture, 100, "pm_card_answersLate");
    gateway.call(late.clone()).await.unwrap_err();
    assert!(
        timeout(Duration::from_millis(1_000), heard.recv())
            .await
            .is_err()
    );
    let arrived = heard.recv().await.unwrap();
    assert_eq!(arrived.idempotency_key, "l");
    let GatewayOutcome::Done { reference } = arrived.outcome else {
        panic!("refused")
    };
    assert_eq!(done(&gateway, late).await, reference);
    done(&gateway, twice).await;
    assert!(
        timeout(Duration::from_millis(100), heard.recv())
            .await
            .is_err()
    );
}
