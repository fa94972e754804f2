//! Tests of the journal, of concurrent requests and of events.

use std::fs;
use std::time::Duration;

use sojourn_application::ports::PaymentGateway as _;
use sojourn_domain::payment::{GatewayCallKind, GatewayOutcome};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::*;

#[tokio::test]
async fn the_journal_outlives_the_gateway_and_is_shared() {
    let directory = TemporaryDirectory::new("shared");
    let (one, two) = (directory.gateway(), directory.gateway());
    let charge = with_card("k", GatewayCallKind::Capture, 100, "pm_card_visa");
    let reference = execute(&one, charge.clone()).await;
    assert_eq!(execute(&two, charge.clone()).await, reference);
    execute(
        &two,
        referencing("r", GatewayCallKind::Refund, 100, &reference),
    )
    .await;
    assert_eq!(
        decline_code(
            &one,
            referencing("s", GatewayCallKind::Refund, 1, &reference)
        )
        .await,
        "charge_already_refunded"
    );
    assert_eq!(directory.lines(), 3);
    assert_eq!(execute(&directory.gateway(), charge).await, reference);
    assert_eq!(directory.lines(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_requests_with_the_same_key_charge_once() {
    let directory = TemporaryDirectory::new("many");
    let requests: Vec<_> = (0..32)
        .map(|n| {
            let (gateway, key) = (directory.gateway(), format!("k{}", n % 4));
            tokio::spawn(async move {
                execute(
                    &gateway,
                    with_card(&key, GatewayCallKind::Capture, 100, "pm_card_visa"),
                )
                .await
            })
        })
        .collect();
    for request in requests {
        request.await.unwrap();
    }
    assert_eq!(directory.lines(), 4);
}

#[tokio::test]
async fn an_incomplete_line_is_discarded_and_a_corrupt_one_is_an_error() {
    let directory = TemporaryDirectory::new("torn");
    let charge = |key| with_card(key, GatewayCallKind::Capture, 100, "pm_card_visa");
    execute(&directory.gateway(), charge("a")).await;
    execute(&directory.gateway(), charge("b")).await;
    let text = fs::read(directory.journal()).unwrap();
    fs::write(directory.journal(), &text[..text.len() - 9]).unwrap();
    let gateway = directory.gateway();
    execute(&gateway, charge("c")).await;
    assert_eq!(directory.lines(), 2);
    execute(&gateway, charge("b")).await;
    assert_eq!(directory.lines(), 3);
    fs::write(directory.journal(), b"not a line\n").unwrap();
    let error = directory.gateway().call(charge("d")).await.unwrap_err();
    assert!(error.0.starts_with("journal: "), "{error}");
}

#[tokio::test]
async fn a_timed_out_charge_succeeds_on_retry_even_after_a_restart() {
    let directory = TemporaryDirectory::new("silent");
    let charge = with_card(
        "k",
        GatewayCallKind::Capture,
        100,
        "pm_card_timeoutAfterCharge",
    );
    directory.gateway().call(charge.clone()).await.unwrap_err();
    execute(&directory.gateway(), charge).await;
    assert_eq!(directory.lines(), 1);
}

#[tokio::test]
async fn some_cards_send_events() {
    let (sender, mut events) = mpsc::channel(8);
    let gateway = SimulatedGateway::in_memory().with_events(sender);
    let twice = with_card("t", GatewayCallKind::Capture, 100, "pm_card_answersTwice");
    let reference = execute(&gateway, twice.clone()).await;
    let repeated = events.recv().await.unwrap();
    assert_eq!(
        (repeated.idempotency_key.as_str(), repeated.payment),
        ("t", twice.payment)
    );
    assert_eq!(repeated.outcome, GatewayOutcome::Succeeded { reference });

    let late = with_card("l", GatewayCallKind::Capture, 100, "pm_card_answersLate");
    gateway.call(late.clone()).await.unwrap_err();
    assert!(
        timeout(Duration::from_millis(1_000), events.recv())
            .await
            .is_err()
    );
    let event = events.recv().await.unwrap();
    assert_eq!(event.idempotency_key, "l");
    let GatewayOutcome::Succeeded { reference } = event.outcome else {
        panic!("declined")
    };
    assert_eq!(execute(&gateway, late).await, reference);
    execute(&gateway, twice).await;
    assert!(
        timeout(Duration::from_millis(100), events.recv())
            .await
            .is_err()
    );
}
