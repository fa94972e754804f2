//! Passes on what the payment provider says by itself.

use sojourn_application::payment::{self, HearError};
use sojourn_application::ports::Ports;
use sojourn_domain::shared::PaymentEntryId;
use sojourn_payments::Heard;
use tokio::sync::{mpsc, watch};

/// How many answers may wait to be stored; whoever tells more waits.
pub(crate) const WAITING: usize = 64;

/// Stores answers as they arrive, until it is told to stop. What is lost then, or cannot be stored, the worker asks
/// for.
pub(crate) async fn hear(
    ports: Ports,
    mut heard: mpsc::Receiver<Heard>,
    mut stopping: watch::Receiver<bool>,
) {
    loop {
        let answer = tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => None,
            answer = heard.recv() => answer,
        };
        match answer {
            Some(answer) => store(&ports, answer).await,
            None => return,
        }
    }
}

async fn store(ports: &Ports, answer: Heard) {
    let Heard {
        payment,
        idempotency_key,
        outcome,
    } = answer;
    let Ok(call) = idempotency_key.parse::<PaymentEntryId>() else {
        tracing::warn!(%payment, idempotency_key, "the payment provider answers what nobody asked");
        return;
    };
    match payment::hear(ports, call, payment, outcome).await {
        Ok(()) => {}
        Err(HearError::NotFound) => {
            tracing::warn!(%payment, %call, "the payment provider answers what nobody asked");
        }
        Err(HearError::Store(error)) => {
            tracing::warn!(%payment, %call, %error, "an answer of the payment provider is asked for again later");
        }
    }
}
