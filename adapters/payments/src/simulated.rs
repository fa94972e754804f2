//! A gateway that moves no money and answers as a provider would.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use sojourn_application::ports::{Charge, GatewayError, PaymentGateway};
use sojourn_domain::payment::GatewayOutcome;
use sojourn_domain::shared::PaymentId;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use crate::book::{Answer, Book};
use crate::card::Manner;

/// Whoever asks waits no longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An answer that arrives by itself, as a provider's message would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The payment that the question was for.
    pub payment: PaymentId,
    /// The key of the question.
    pub idempotency_key: String,
    /// The answer.
    pub outcome: GatewayOutcome,
}

/// Answers by the name of the card, as Stripe's test cards do, and checks as a provider does that nothing is taken,
/// given up or given back twice. `pm_card_visa` and `pm_card_mastercard` succeed; `pm_card_chargeDeclined`,
/// `pm_card_insufficientFunds` and `pm_card_authenticationRequired` are refused. Three cards succeed and fail to
/// say so: `pm_card_timeoutAfterCharge` answers only when it is asked again with the same key,
/// `pm_card_answersLate` answers by itself after two seconds, `pm_card_answersTwice` by return and again by itself.
/// Whatever is asked without a card is answered by return.
///
/// The same key has the same answer, in every process that shares the folder and after a restart. An amount of 0 is
/// charged without moving money.
#[derive(Clone)]
pub struct SimulatedGateway {
    book: Arc<Mutex<Book>>,
    tell: Option<mpsc::Sender<Heard>>,
}

impl fmt::Debug for SimulatedGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatedGateway").finish_non_exhaustive()
    }
}

impl SimulatedGateway {
    /// The book's name in its folder.
    pub const FILE: &str = "gateway.jsonl";

    /// A gateway that remembers as long as it lives.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::keeping(Book::default())
    }

    /// A gateway whose book is the file `gateway.jsonl` of a folder: a line for each question, with its answer. The
    /// folder is made with the first answer. Several processes may share it.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self::keeping(Book::at(folder.join(Self::FILE)))
    }

    fn keeping(book: Book) -> Self {
        Self {
            book: Arc::new(Mutex::new(book)),
            tell: None,
        }
    }

    /// The same, telling here what it answers by itself; without, such answers are lost and must be asked for.
    #[must_use]
    pub fn telling(self, tell: mpsc::Sender<Heard>) -> Self {
        Self {
            tell: Some(tell),
            ..self
        }
    }

    /// The book is a file that others lock too, so it is not waited for on an async thread.
    async fn answer(&self, charge: Charge) -> Result<Answer, GatewayError> {
        let book = Arc::clone(&self.book);
        let answer = spawn_blocking(move || {
            book.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .answer(&charge)
        });
        match timeout(PATIENCE, answer).await {
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(Ok(Err(error))) => Err(GatewayError(format!("its book: {error}"))),
            Ok(Err(error)) => Err(GatewayError(error.to_string())),
            Err(_) => Err(GatewayError("it took too long".to_owned())),
        }
    }

    fn answer_by_itself(&self, after: Duration, heard: Heard) {
        let Some(tell) = self.tell.clone() else {
            return;
        };
        tokio::spawn(async move {
            sleep(after).await;
            if tell.send(heard).await.is_err() {
                tracing::debug!("nobody hears the payment provider any more");
            }
        });
    }
}

#[async_trait]
impl PaymentGateway for SimulatedGateway {
    async fn call(&self, charge: Charge) -> Result<GatewayOutcome, GatewayError> {
        let manner = Manner::of(charge.method.as_deref());
        let (payment, idempotency_key) = (charge.payment, charge.idempotency_key.clone());
        let Answer { outcome, first } = self.answer(charge).await?;
        let heard = Heard {
            payment,
            idempotency_key,
            outcome: outcome.clone(),
        };
        match manner {
            _ if !first => Ok(outcome),
            Manner::AtOnce => Ok(outcome),
            Manner::Twice => {
                self.answer_by_itself(Duration::ZERO, heard);
                Ok(outcome)
            }
            Manner::Late(after) => {
                self.answer_by_itself(after, heard);
                Err(GatewayError("it answers later".to_owned()))
            }
            Manner::WhenAskedAgain => Err(GatewayError(
                "the connection broke after the charge".to_owned(),
            )),
        }
    }
}
