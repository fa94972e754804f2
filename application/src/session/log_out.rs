//! Logging out.

use sojourn_domain::shared::{Actor, RepositoryError, SessionId};

use super::revoke::end;
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
    end(ports, actor, session_id).await.map(|_| ())
}
