//! Host balances.

use sojourn_domain::shared::{Actor, StoreError};

use crate::ports::{HostBalance, Ports};

/// The caller's earnings, payouts and debts, one item per currency; empty without any earnings.
///
/// # Errors
/// [`StoreError`].
pub async fn balance(ports: &Ports, actor: &Actor) -> Result<Vec<HostBalance>, StoreError> {
    ports.ledger.host_balances(actor.user_id).await
}
