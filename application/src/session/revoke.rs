//! Revoking a session.

use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, SessionId,
};

use crate::failure::{Failure, UseCaseError};
use crate::ports::Ports;

/// Errors of revoking a session.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevokeError {
    /// The caller has no such session.
    #[error("no such session")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for RevokeError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Ends one of the caller's sessions.
///
/// # Errors
/// [`RevokeError`].
pub async fn revoke(ports: &Ports, actor: &Actor, id: SessionId) -> Result<(), RevokeError> {
    if end_session(ports, actor, id).await? {
        Ok(())
    } else {
        Err(RevokeError::NotFound)
    }
}

/// Ends and records one of the caller's sessions; returns false if there is no such session.
pub(super) async fn end_session(
    ports: &Ports,
    actor: &Actor,
    id: SessionId,
) -> Result<bool, RepositoryError> {
    let ended = ports.sessions.revoke(actor.user_id, id).await?;
    if ended {
        let (action, subject) = (AuditAction::SessionEnded, AuditSubject::Session(id));
        ports
            .audit
            .append(AuditEntry::of(actor, action, subject, ports.clock.now()))
            .await?;
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::log_out;
    use crate::test_support::test_ports::{TestPorts, actor_of, session_of, user};

    fn ending(ended: bool) -> TestPorts {
        let mut test = TestPorts::new();
        let id = session_of(&user()).id;
        let revoke = test.sessions.expect_revoke().once();
        revoke
            .withf(move |owner, it| (*owner, *it) == (user().id, id))
            .return_once(move |_, _| Ok(ended));
        test.audit
            .expect_append()
            .times(usize::from(ended))
            .withf(move |entry| {
                entry.action == AuditAction::SessionEnded
                    && entry.subject == Some(AuditSubject::Session(id))
            })
            .returning(|_| Ok(()));
        test
    }

    #[tokio::test]
    async fn only_sessions_that_end_are_recorded() {
        let (actor, id) = (actor_of(&user()), session_of(&user()).id);
        assert_eq!(revoke(&ending(true).ports(), &actor, id).await, Ok(()));
        assert_eq!(
            revoke(&ending(false).ports(), &actor, id).await,
            Err(RevokeError::NotFound)
        );
    }

    #[tokio::test]
    async fn logging_out_again_does_no_harm() {
        let (actor, id) = (actor_of(&user()), session_of(&user()).id);
        assert_eq!(log_out(&ending(true).ports(), &actor, id).await, Ok(()));
        assert_eq!(log_out(&ending(false).ports(), &actor, id).await, Ok(()));
    }
}
