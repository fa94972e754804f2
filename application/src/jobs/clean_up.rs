//! Removal of expired rows.

use chrono::TimeDelta;
use sojourn_domain::shared::RepositoryError;

use crate::ports::{EVENT_RETENTION, IdempotencyStore, Ports};

/// Time for which responses to idempotent requests are stored.
const IDEMPOTENCY_RETENTION: TimeDelta = TimeDelta::hours(24);

/// Removes expired responses to idempotent requests, expired events of accounts, and recorded failures of work that is
/// no longer due.
///
/// # Errors
/// [`RepositoryError`]; the rest is removed the next time.
pub async fn clean_up(
    ports: &Ports,
    idempotency: &dyn IdempotencyStore,
) -> Result<(), RepositoryError> {
    let now = ports.clock.now();
    let responses = idempotency
        .delete_before(now - IDEMPOTENCY_RETENTION)
        .await?;
    let failures = ports.due_work.forget_resolved(now).await?;
    let events = ports
        .account_events
        .delete_before(now - EVENT_RETENTION)
        .await?;
    tracing::debug!(responses, failures, events, "removed expired rows");
    Ok(())
}
