//! Listing one's sessions.

use sojourn_domain::shared::{Actor, RepositoryError};

use crate::ports::{Ports, Session};

/// Lists the caller's open sessions, most recently used first, at most 100.
///
/// # Errors
/// [`RepositoryError`].
pub async fn list(ports: &Ports, actor: &Actor) -> Result<Vec<Session>, RepositoryError> {
    ports.sessions.list(actor.user_id, ports.clock.now()).await
}
