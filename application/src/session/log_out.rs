//! Logging out.

use sojourn_domain::shared::{Actor, RepositoryError, SessionId};

use super::revoke::end_session;
use crate::ports::Ports;

/// Ends the caller's session. Idempotent.
///
/// # Errors
/// [`RepositoryError`].
pub async fn log_out(
    ports: &Ports,
    actor: &Actor,
    session_id: SessionId,
) -> Result<(), RepositoryError> {
    end_session(ports, actor, session_id).await.map(|_| ())
}
