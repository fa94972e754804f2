//! Hearing from the gateway by itself.

use sojourn_domain::payment::{EntryKind, GatewayOutcome};
use sojourn_domain::shared::{PaymentEntryId, PaymentId, StoreError};

use super::settle::{follow, heard};
use crate::ports::Ports;

/// Why an answer was not stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HearError {
    /// There is no such payment, or it never asked this.
    #[error("nothing of the kind was asked")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Stores an answer that the gateway gives by itself, with what it does to the booking: late, or once more. What
/// is answered already stays as it is, so hearing it twice counts once.
///
/// # Errors
/// [`HearError`].
pub async fn hear(
    ports: &Ports,
    call: PaymentEntryId,
    payment: PaymentId,
    outcome: GatewayOutcome,
) -> Result<(), HearError> {
    let known = ports
        .payments
        .get(payment)
        .await?
        .ok_or(HearError::NotFound)?;
    if let Some(entry) = known.entries.iter().find(|entry| entry.id == call) {
        let refused = matches!(entry.kind, EntryKind::Failure | EntryKind::PayoutFailure);
        if refused != matches!(outcome, GatewayOutcome::Refused { .. }) {
            tracing::error!(%payment, %call, "the gateway contradicts its earlier answer");
        }
        return Ok(());
    }
    if !known.calls.iter().any(|open| open.id == call) {
        return Err(HearError::NotFound);
    }
    heard(ports, payment, call, &outcome).await?;
    let after = ports.payments.get(payment).await?;
    follow(ports, after.as_ref()).await;
    Ok(())
}
