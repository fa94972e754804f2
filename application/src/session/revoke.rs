//! Logging out from afar.

use sojourn_domain::shared::{Actor, SessionId, StoreError};

use crate::ports::Ports;

/// Why no session ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevokeError {
    /// The asker has no such session.
    #[error("no such session")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ends one of the asker's sessions.
///
/// # Errors
/// [`RevokeError`].
pub async fn revoke(ports: &Ports, actor: &Actor, id: SessionId) -> Result<(), RevokeError> {
    if ports.sessions.revoke(actor.user_id, id).await? { Ok(()) } else { Err(RevokeError::NotFound) }
}
