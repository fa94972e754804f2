//! Logging out.

use sojourn_domain::shared::{Actor, SessionId, StoreError};

use crate::ports::Ports;

/// Ends the session that the asker is in. Once more does no harm.
///
/// # Errors
/// [`StoreError`].
pub async fn log_out(ports: &Ports, actor: &Actor, session_id: SessionId) -> Result<(), StoreError> {
    ports.sessions.revoke(actor.user_id, session_id).await.map(|_| ())
}
