//! Retrying gateway calls that a crash or a missing response left open.

use chrono::TimeDelta;
use sojourn_domain::shared::RepositoryError;

use crate::payment::{DispatchError, dispatch};
use crate::ports::Ports;

/// Maximum number of payments per round.
const BATCH_SIZE: u32 = 100;

/// Minimum age of a call before it is retried.
const ANSWER_TIMEOUT: TimeDelta = TimeDelta::seconds(10);

/// Retries gateway calls that have had no result for ten seconds.
///
/// # Errors
/// [`RepositoryError::Unavailable`]; a payment that cannot be settled is logged and left to a later
/// round.
pub async fn retry_gateway_calls(ports: &Ports) -> Result<usize, RepositoryError> {
    let before = ports.clock.now() - ANSWER_TIMEOUT;
    let mut answered = 0;
    for payment in ports
        .payments
        .with_pending_calls(before, BATCH_SIZE)
        .await?
    {
        match dispatch(ports, payment.id).await {
            Ok(_) => answered += 1,
            Err(DispatchError::Unavailable) => {}
            Err(DispatchError::Store(error @ RepositoryError::Unavailable(_))) => {
                return Err(error);
            }
            Err(DispatchError::Store(error)) => {
                tracing::error!(payment = %payment.id, %error, "payment could not be settled");
            }
        }
    }
    Ok(answered)
}
