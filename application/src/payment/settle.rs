//! Settling: asking the gateway whatever it has not answered.

use std::collections::HashSet;

use futures_util::future::join_all;
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::{Call, CallKind, EntryKind, GatewayOutcome, Payment};
use sojourn_domain::shared::{PaymentEntryId, PaymentId, StoreError};

use super::outcome::record;
use crate::case::Case;
use crate::ports::{Charge, Ports};
use crate::retry::retrying_stale;

/// How many calls one settling asks at most: an answer may lead to a further call, but not without end.
const MOST_CALLS: usize = 100;

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

/// What the gateway said to one call.
pub(crate) enum Answer {
    /// It did it.
    Done,
    /// It refused, with this code.
    Refused { code: String },
}

/// Asks the gateway all that is decided and not answered, all at once, and stores the answers with what they do
/// to the booking. One call without an answer keeps no other from being asked. Any number may settle one payment
/// at once, or again after a crash: the id of a call is its idempotency key, and its answer is stored once.
///
/// # Errors
/// [`SettleError`]; what was answered before is stored.
pub async fn settle(ports: &Ports, id: PaymentId) -> Result<Payment, SettleError> {
    let mut asked = HashSet::new();
    let mut silent = false;
    loop {
        let (case, payment) = load(ports, id).await?;
        let open: Vec<_> = payment
            .calls
            .iter()
            .filter(|call| !asked.contains(&call.id))
            .collect();
        if open.is_empty() || asked.len() >= MOST_CALLS {
            return if silent {
                Err(SettleError::Unavailable)
            } else {
                Ok(payment)
            };
        }
        asked.extend(open.iter().map(|call| call.id));
        let answers = join_all(
            open.iter()
                .map(|call| ask(ports, &case.booking, &payment, call)),
        )
        .await;
        for (call, outcome) in open.iter().zip(answers) {
            match outcome {
                Some(outcome) => heard(ports, id, call.id, &outcome).await?,
                None => silent = true,
            }
        }
    }
}

/// Stores an answer, once.
pub(super) async fn heard(
    ports: &Ports,
    payment: PaymentId,
    call: PaymentEntryId,
    outcome: &GatewayOutcome,
) -> Result<(), StoreError> {
    retrying_stale(|| async {
        let (case, payment) = load(ports, payment).await?;
        Ok::<_, StoreError>(
            record(ports, &case, payment, call, outcome)
                .await?
                .then_some(()),
        )
    })
    .await
}

/// Settles a payment, and says what came of one of its calls.
///
/// # Errors
/// [`SettleError`]: that call is not answered.
pub(crate) async fn answer_to(
    ports: &Ports,
    id: PaymentId,
    call: PaymentEntryId,
) -> Result<(Payment, Answer), SettleError> {
    let settled = settle(ports, id).await;
    let payment = ports.payments.get(id).await?.ok_or_else(|| missing(id))?;
    match payment.entries.iter().find(|entry| entry.id == call) {
        Some(entry) if entry.kind == EntryKind::Failure => {
            let code = entry
                .reason
                .clone()
                .unwrap_or_else(|| "card_declined".to_owned());
            Ok((payment, Answer::Refused { code }))
        }
        Some(_) => Ok((payment, Answer::Done)),
        None => Err(settled.err().unwrap_or(SettleError::Unavailable)),
    }
}

/// Has the gateway do what a commit decided. It is stored, so whatever fails here the worker does later.
pub(crate) async fn follow(ports: &Ports, payment: Option<&Payment>) {
    let Some(payment) = payment.filter(|payment| !payment.calls.is_empty()) else {
        return;
    };
    if let Err(error) = settle(ports, payment.id).await {
        tracing::warn!(payment = %payment.id, %error, "a payment is settled later");
    }
}

async fn load(ports: &Ports, id: PaymentId) -> Result<(Case, Payment), StoreError> {
    Case::paid_by(ports, id).await?.ok_or_else(|| missing(id))
}

fn missing(id: PaymentId) -> StoreError {
    StoreError::Corrupt(format!("there is no payment {id}"))
}

/// The gateway's answer; none when it is silent.
async fn ask(
    ports: &Ports,
    booking: &Booking,
    payment: &Payment,
    call: &Call,
) -> Option<GatewayOutcome> {
    let charge = Charge {
        idempotency_key: call.id.to_string(),
        kind: call.kind,
        amount: call.amount,
        method: call.method.clone(),
        reference: payment.reference_for(call).map(str::to_owned),
        payment: payment.id,
        account: (call.kind == CallKind::Payout).then(|| booking.host_id.to_string()),
    };
    match ports.gateway.call(charge).await {
        Ok(outcome) => Some(outcome),
        Err(error) => {
            tracing::warn!(payment = %payment.id, call = %call.id, %error, "the gateway is asked again later");
            None
        }
    }
}
