//! Logging out.

use sojourn_domain::shared::{Actor, SessionId, StoreError};

use super::revoke::end;
use crate::ports::Ports;

/// Ends the caller's session. Idempotent.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out(
    ports: &Ports,
    actor: &Actor,
    session_id: SessionId,
) -> Result<(), StoreError> {
    end(ports, actor, session_id).await.map(|_| ())
}
