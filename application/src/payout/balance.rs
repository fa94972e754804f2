//! Host balances.

use sojourn_domain::shared::{Actor, RepositoryError};

use crate::ports::{HostBalance, Ports};

/// The caller's earnings, payouts and debts, one item per currency; empty without any earnings.
///
/// # Errors
/// [`RepositoryError`].
pub async fn balance(ports: &Ports, actor: &Actor) -> Result<Vec<HostBalance>, RepositoryError> {
    ports.ledger.host_balances(actor.user_id).await
}
