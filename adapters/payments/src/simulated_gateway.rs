//! A payment gateway that moves no money and behaves like a provider.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use sojourn_application::ports::{GatewayError, GatewayRequest, PaymentGateway};
use sojourn_domain::payment::GatewayOutcome;
use sojourn_domain::shared::PaymentId;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use crate::journal_file::{Execution, Journal};
use crate::simulated_card::Delivery;

/// Deadline of a request.
const TIMEOUT: Duration = Duration::from_secs(5);

/// An outcome delivered asynchronously, as by a provider's webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayEvent {
    /// The payment of the request.
    pub payment: PaymentId,
    /// The idempotency key of the request.
    pub idempotency_key: String,
    /// The outcome of the request.
    pub outcome: GatewayOutcome,
}

/// A simulated payment gateway.
///
/// The card decides the outcome, as with Stripe's test cards: `pm_card_visa` and `pm_card_mastercard` succeed;
/// `pm_card_chargeDeclined`, `pm_card_insufficientFunds` and `pm_card_authenticationRequired` are declined. Three
/// cards succeed without a plain response: `pm_card_timeoutAfterCharge` responds only to a retry with the same
/// idempotency key, `pm_card_answersLate` sends an event after two seconds, and `pm_card_answersTwice` responds and
/// sends an event too. Requests without a card are answered in the response. As with a provider, no charge is
/// captured, voided or refunded twice.
///
/// The same idempotency key has the same outcome, in every process that shares the directory and after a restart. An
/// amount of 0 is charged without moving money.
#[derive(Clone)]
pub struct SimulatedGateway {
    journal: Arc<Mutex<Journal>>,
    events: Option<mpsc::Sender<GatewayEvent>>,
}

impl fmt::Debug for SimulatedGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatedGateway").finish_non_exhaustive()
    }
}

impl SimulatedGateway {
    /// The file name of the journal.
    pub const JOURNAL_FILE: &str = "gateway.jsonl";

    /// A gateway with its journal in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::with_journal(Journal::default())
    }

    /// A gateway with its journal in the file `gateway.jsonl` of a directory: one line for each request and its
    /// outcome. The directory is created with the first record. Several processes may share it.
    #[must_use]
    pub fn in_directory(directory: &Path) -> Self {
        Self::with_journal(Journal::in_file(directory.join(Self::JOURNAL_FILE)))
    }

    fn with_journal(journal: Journal) -> Self {
        Self {
            journal: Arc::new(Mutex::new(journal)),
            events: None,
        }
    }

    /// The same gateway, which sends its events here. Without a channel events are lost, and outcomes are available by
    /// retry only.
    #[must_use]
    pub fn with_events(self, events: mpsc::Sender<GatewayEvent>) -> Self {
        Self {
            events: Some(events),
            ..self
        }
    }

    /// Runs on a blocking thread: other processes may hold the lock of the journal file.
    async fn execute(&self, request: GatewayRequest) -> Result<Execution, GatewayError> {
        let journal = Arc::clone(&self.journal);
        let task = spawn_blocking(move || {
            journal
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .execute(&request)
        });
        match timeout(TIMEOUT, task).await {
            Ok(Ok(Ok(execution))) => Ok(execution),
            Ok(Ok(Err(error))) => Err(GatewayError(format!("journal: {error}"))),
            Ok(Err(error)) => Err(GatewayError(error.to_string())),
            Err(_) => Err(GatewayError("timeout".to_owned())),
        }
    }

    fn send_event(&self, delay: Duration, event: GatewayEvent) {
        let Some(events) = self.events.clone() else {
            return;
        };
        tokio::spawn(async move {
            sleep(delay).await;
            if events.send(event).await.is_err() {
                tracing::debug!("payment gateway event dropped: the receiver is closed");
            }
        });
    }
}

#[async_trait]
impl PaymentGateway for SimulatedGateway {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        let delivery = Delivery::from_method(request.method.as_deref());
        let payment = request.payment;
        let idempotency_key = request.idempotency_key.clone();
        let Execution { outcome, first } = self.execute(request).await?;
        let event = GatewayEvent {
            payment,
            idempotency_key,
            outcome: outcome.clone(),
        };
        match delivery {
            _ if !first => Ok(outcome),
            Delivery::Response => Ok(outcome),
            Delivery::ResponseAndEvent => {
                self.send_event(Duration::ZERO, event);
                Ok(outcome)
            }
            Delivery::DelayedEvent(delay) => {
                self.send_event(delay, event);
                Err(GatewayError("the outcome follows in an event".to_owned()))
            }
            Delivery::Retry => Err(GatewayError(
                "the connection was lost after the charge".to_owned(),
            )),
        }
    }
}
