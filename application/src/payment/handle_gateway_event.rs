//! Handling gateway events.

use sojourn_domain::payment::{EntryKind, GatewayOutcome};
use sojourn_domain::shared::{PaymentEntryId, PaymentId, RepositoryError};

use super::dispatch_calls::{dispatch_best_effort, record_outcome};
use crate::ports::Ports;

/// Errors of handling a gateway event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayEventError {
    /// No such payment, or it has no such call.
    #[error("no such payment or gateway call")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Stores the result reported by a gateway event and its effect on the booking. Events may arrive
/// late or repeatedly; a call that already has a result is left unchanged.
///
/// # Errors
/// [`GatewayEventError`].
pub async fn handle_gateway_event(
    ports: &Ports,
    call: PaymentEntryId,
    payment: PaymentId,
    outcome: GatewayOutcome,
) -> Result<(), GatewayEventError> {
    let known = ports
        .payments
        .get(payment)
        .await?
        .ok_or(GatewayEventError::NotFound)?;
    if let Some(entry) = known.entries.iter().find(|entry| entry.id == call) {
        let refused = matches!(entry.kind, EntryKind::Failure | EntryKind::PayoutFailure);
        if refused != matches!(outcome, GatewayOutcome::Refused { .. }) {
            tracing::error!(%payment, %call, "gateway event contradicts an earlier result");
        }
        return Ok(());
    }
    if !known.pending_calls.iter().any(|open| open.id == call) {
        return Err(GatewayEventError::NotFound);
    }
    record_outcome(ports, payment, call, &outcome).await?;
    let after = ports.payments.get(payment).await?;
    dispatch_best_effort(ports, after.as_ref()).await;
    Ok(())
}
