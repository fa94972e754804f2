//! Settling: asking the gateway whatever it has not answered.

use sojourn_domain::payment::{Call, GatewayOutcome, Payment};
use sojourn_domain::shared::{PaymentId, StoreError};

use super::outcome::record;
use crate::ports::{Charge, Ports};
use crate::retry::retrying_stale;

/// Why a payment is not settled yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// The gateway did not answer. It is asked again by the worker.
    #[error("the payment provider does not answer")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks the gateway all that is decided and not answered, and stores the answers with what they do to the
/// booking. Any number may settle one payment at once, or again after a crash: the id of a call is its
/// idempotency key, and its answer is stored once.
///
/// # Errors
/// [`SettleError`]; what was answered before is stored.
pub async fn settle(ports: &Ports, id: PaymentId) -> Result<Payment, SettleError> {
    loop {
        let payment = load(ports, id).await?;
        let Some(call) = payment.calls.first().cloned() else {
            return Ok(payment);
        };
        let outcome = ask(ports, &payment, &call).await?;
        let (call, outcome) = (&call, &outcome);
        retrying_stale(|| async {
            let payment = load(ports, id).await?;
            Ok::<_, StoreError>(record(ports, payment, call, outcome).await?.then_some(()))
        })
        .await?;
    }
}

async fn load(ports: &Ports, id: PaymentId) -> Result<Payment, StoreError> {
    ports.payments.get(id).await?.ok_or_else(|| StoreError::Corrupt(format!("there is no payment {id}")))
}

async fn ask(ports: &Ports, payment: &Payment, call: &Call) -> Result<GatewayOutcome, SettleError> {
    let charge = Charge {
        idempotency_key: call.id.to_string(),
        kind: call.kind,
        amount: call.amount,
        method: call.method.clone(),
        reference: payment.reference.clone(),
    };
    ports.gateway.call(charge).await.map_err(|error| {
        tracing::warn!(payment = %payment.id, call = %call.id, %error, "the gateway is asked again later");
        SettleError::Unavailable
    })
}
