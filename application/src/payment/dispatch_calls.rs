//! Dispatching gateway calls without a result.

use std::collections::HashSet;

use futures_util::future::join_all;
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::{EntryKind, GatewayCall, GatewayCallKind, GatewayOutcome, Payment};
use sojourn_domain::shared::{PaymentEntryId, PaymentId, RepositoryError};

use super::apply_outcome::apply_outcome;
use crate::attempt;
use crate::booking_with_payment::BookingWithPayment;
use crate::ports::{GatewayRequest, Ports};
use crate::retry::retry_on_conflict;

/// Maximum number of calls per run; a result may lead to further calls, but not endlessly.
const MAX_CALLS: usize = 100;

/// Errors of dispatching a payment's calls.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DispatchError {
    /// The gateway did not respond. The worker retries.
    #[error("the payment provider did not respond")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Result of a gateway call.
pub(crate) enum CallOutcome {
    /// The call succeeded.
    Succeeded,
    /// The call was declined with this code.
    Refused { code: String },
}

/// Sends all pending calls of a payment to the gateway concurrently and stores the results with
/// their effect on the booking. One call without a response does not block the others. Safe to run
/// concurrently or after a crash: a call's id is its idempotency key, and its result is stored
/// once.
///
/// # Errors
/// [`DispatchError`]; results received before are stored.
pub async fn dispatch(ports: &Ports, id: PaymentId) -> Result<Payment, DispatchError> {
    let mut dispatched = HashSet::new();
    let mut unanswered = false;
    loop {
        let (current, payment) = load(ports, id).await?;
        let open: Vec<_> = payment
            .pending_calls
            .iter()
            .filter(|call| !dispatched.contains(&call.id))
            .collect();
        if open.is_empty() || dispatched.len() >= MAX_CALLS {
            return if unanswered {
                Err(DispatchError::Unavailable)
            } else {
                Ok(payment)
            };
        }
        dispatched.extend(open.iter().map(|call| call.id));
        let answers = join_all(
            open.iter()
                .map(|call| call_gateway(ports, &current.booking, &payment, call)),
        )
        .await;
        for (call, outcome) in open.iter().zip(answers) {
            match outcome {
                Some(outcome) => record_outcome(ports, id, call.id, &outcome).await?,
                None => unanswered = true,
            }
        }
    }
}

/// Stores a result once. The commit belongs to the call, which more than one request may wait for, and is the outcome
/// of none of them.
pub(super) async fn record_outcome(
    ports: &Ports,
    payment: PaymentId,
    call: PaymentEntryId,
    outcome: &GatewayOutcome,
) -> Result<(), RepositoryError> {
    let stored = retry_on_conflict(|| async {
        let (current, payment) = load(ports, payment).await?;
        Ok::<_, RepositoryError>(
            apply_outcome(ports, &current, payment, call, outcome)
                .await?
                .then_some(()),
        )
    });
    attempt::outside(stored).await
}

/// Dispatches a payment's calls and returns the result of one of them.
///
/// # Errors
/// [`DispatchError`] if that call has no result.
pub(crate) async fn outcome_of(
    ports: &Ports,
    id: PaymentId,
    call: PaymentEntryId,
) -> Result<(Payment, CallOutcome), DispatchError> {
    let settled = dispatch(ports, id).await;
    let payment = ports.payments.get(id).await?.ok_or_else(|| missing(id))?;
    match payment.entries.iter().find(|entry| entry.id == call) {
        Some(entry) if entry.kind == EntryKind::Failure => {
            let code = entry
                .reason
                .clone()
                .unwrap_or_else(|| "card_declined".to_owned());
            Ok((payment, CallOutcome::Refused { code }))
        }
        Some(_) => Ok((payment, CallOutcome::Succeeded)),
        None => Err(settled.err().unwrap_or(DispatchError::Unavailable)),
    }
}

/// Dispatches the calls of a committed decision. They are stored, so the worker retries whatever
/// fails here.
pub(crate) async fn dispatch_best_effort(ports: &Ports, payment: Option<&Payment>) {
    let Some(payment) = payment.filter(|payment| !payment.pending_calls.is_empty()) else {
        return;
    };
    if let Err(error) = dispatch(ports, payment.id).await {
        tracing::warn!(payment = %payment.id, %error, "gateway calls of a payment are left to the worker");
    }
}

async fn load(
    ports: &Ports,
    id: PaymentId,
) -> Result<(BookingWithPayment, Payment), RepositoryError> {
    BookingWithPayment::load_by_payment(ports, id)
        .await?
        .ok_or_else(|| missing(id))
}

fn missing(id: PaymentId) -> RepositoryError {
    RepositoryError::Internal(format!("no such payment: {id}"))
}

/// Calls the gateway; `None` if it does not respond.
async fn call_gateway(
    ports: &Ports,
    booking: &Booking,
    payment: &Payment,
    call: &GatewayCall,
) -> Option<GatewayOutcome> {
    let request = GatewayRequest {
        idempotency_key: call.id.to_string(),
        kind: call.kind,
        amount: call.amount,
        method: call.method.clone(),
        reference: payment.reference_for(call).map(str::to_owned),
        payment: payment.id,
        account: (call.kind == GatewayCallKind::Payout).then(|| booking.host_id.to_string()),
    };
    match ports.gateway.call(request).await {
        Ok(outcome) => Some(outcome),
        Err(error) => {
            tracing::warn!(payment = %payment.id, call = %call.id, %error, "gateway call failed and will be retried");
            None
        }
    }
}
