//! What a crash or a silent gateway left open.

use chrono::TimeDelta;
use sojourn_domain::shared::StoreError;

use crate::payment::{SettleError, settle};
use crate::ports::Ports;

/// How many payments a round takes.
const ROUND: u32 = 100;

/// Whoever asked the gateway has so long to hear its answer.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);

/// Asks the gateway again what it has not answered for ten seconds.
///
/// # Errors
/// [`StoreError::Unavailable`]; a payment that cannot be settled is logged and left to a later round.
pub async fn settle_payments(ports: &Ports) -> Result<usize, StoreError> {
    let before = ports.clock.now() - PATIENCE;
    let mut settled = 0;
    for payment in ports.payments.unanswered(before, ROUND).await? {
        match settle(ports, payment.id).await {
            Ok(_) => settled += 1,
            Err(SettleError::Unavailable) => {}
            Err(SettleError::Store(error @ StoreError::Unavailable(_))) => return Err(error),
            Err(SettleError::Store(error)) => {
                tracing::error!(payment = %payment.id, %error, "a payment cannot be settled");
            }
        }
    }
    Ok(settled)
}
