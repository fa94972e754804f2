//! Retrying gateway calls that a crash or a missing response left open.

use chrono::TimeDelta;
use sojourn_domain::shared::RepositoryError;

use crate::payment::{SettleError, settle};
use crate::ports::Ports;

/// Maximum number of payments per round.
const ROUND: u32 = 100;

/// Minimum age of a call before it is retried.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);

/// Retries gateway calls that have had no result for ten seconds.
///
/// # Errors
/// [`RepositoryError::Unavailable`]; a payment that cannot be settled is logged and left to a later
/// round.
pub async fn settle_payments(ports: &Ports) -> Result<usize, RepositoryError> {
    let before = ports.clock.now() - PATIENCE;
    let mut settled = 0;
    for payment in ports.payments.with_pending_calls(before, ROUND).await? {
        match settle(ports, payment.id).await {
            Ok(_) => settled += 1,
            Err(SettleError::Unavailable) => {}
            Err(SettleError::Store(error @ RepositoryError::Unavailable(_))) => return Err(error),
            Err(SettleError::Store(error)) => {
                tracing::error!(payment = %payment.id, %error, "payment could not be settled");
            }
        }
    }
    Ok(settled)
}
