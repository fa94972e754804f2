//! Where a host stands.

use sojourn_domain::shared::{Actor, StoreError};

use crate::ports::{HostBalance, Ports};

/// What the asker earned, was paid and owes, one a currency. Nothing for who never let.
///
/// # Errors
/// [`StoreError`].
pub async fn balance(ports: &Ports, actor: &Actor) -> Result<Vec<HostBalance>, StoreError> {
    ports.ledger.host_balances(actor.user_id).await
}
