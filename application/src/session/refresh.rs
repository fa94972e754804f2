//! Refreshing tokens.

use sojourn_domain::shared::{AuditAction, AuditEntry, AuditSubject, RepositoryError};
use sojourn_domain::user::User;

use super::tokens::{Tokens, issue, session_expiry};
use crate::access::ClientInfo;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{Ports, RefreshOutcome, Session};

/// Purpose of the sealed successor of a refresh token.
const SUCCESSOR: &str = "refresh successor";

/// Errors of refreshing tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The token is unknown, expired or already used, or its owner is not active. Reuse ends its
    /// session.
    #[error("the refresh token is unknown, used or expired")]
    Refused,
    /// No token could be signed.
    #[error("the token could not be signed")]
    Token,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for RefreshError {
    fn failure(&self) -> Failure {
        match self {
            Self::Refused => Failure::unauthenticated(
                "token_invalid",
                "Refresh token is unknown, already used or expired. Log in again.",
            ),
            Self::Token => Failure::internal(self),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Exchanges a refresh token for the next pair of tokens. A token that is used again within
/// [`REFRESH_GRACE_SECONDS`](crate::ports::REFRESH_GRACE_SECONDS) gets the same successor; later reuse is recorded with
/// its session, which it ends.
///
/// # Errors
/// [`RefreshError`].
pub async fn refresh(
    ports: &Ports,
    refresh_token: &str,
    from: &ClientInfo,
) -> Result<Tokens, RefreshError> {
    let (now, next) = (ports.clock.now(), ports.ids.secret());
    let holder = refresh_token.as_bytes();
    let sealed = ports.signer.seal(SUCCESSOR, holder, next.as_bytes());
    let rotated = ports
        .sessions
        .rotate(refresh_token, &next, &sealed, now, session_expiry(now))
        .await?;
    let (session, next) = match rotated {
        RefreshOutcome::Rotated(session) => (session, next),
        RefreshOutcome::Repeated(session, sealed) => {
            let successor = unseal(ports, refresh_token, &sealed).ok_or(RefreshError::Refused)?;
            (session, successor)
        }
        RefreshOutcome::Reused(session) => {
            record_reuse(ports, &session, from).await?;
            return Err(RefreshError::Refused);
        }
        RefreshOutcome::Unknown => return Err(RefreshError::Refused),
    };
    let Some(user) = ports
        .users
        .get(session.user_id)
        .await?
        .filter(User::is_active)
    else {
        ports.sessions.revoke(session.user_id, session.id).await?;
        return Err(RefreshError::Refused);
    };
    issue(ports, &user, session.id, next, now).map_err(|_| RefreshError::Token)
}

/// The successor of a refresh token, sealed for its holder; `None` if the secret was replaced concurrently.
fn unseal(ports: &Ports, refresh_token: &str, sealed: &str) -> Option<String> {
    let holder = refresh_token.as_bytes();
    let successor = ports.signer.unseal(SUCCESSOR, holder, sealed).ok()?;
    String::from_utf8(successor).ok()
}

async fn record_reuse(
    ports: &Ports,
    session: &Session,
    from: &ClientInfo,
) -> Result<(), RepositoryError> {
    tracing::warn!(session = %session.id, "refresh token reused; its session was revoked");
    let entry = AuditEntry {
        at: ports.clock.now(),
        actor: None,
        address: Some(from.address),
        by_operator: false,
        action: AuditAction::RefreshTokenReused,
        subject: Some(AuditSubject::Session(session.id)),
        before: None,
        after: None,
        reason: None,
    };
    ports.audit.append(entry).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, client_info, session_of, unverified, user};

    fn sealing() -> TestPorts {
        let mut test = TestPorts::new();
        test.signer
            .expect_seal()
            .returning(|_, _, next| format!("sealed {}", String::from_utf8_lossy(next)));
        test
    }

    #[tokio::test]
    async fn a_repeated_refresh_gets_the_same_successor() {
        let mut test = sealing();
        let session = session_of(&user());
        test.sessions
            .expect_rotate()
            .once()
            .withf(|_, next, sealed, _, _| sealed == format!("sealed {next}"))
            .return_once(|_, _, _, _, _| {
                Ok(RefreshOutcome::Repeated(session, "sealed first".into()))
            });
        test.signer
            .expect_unseal()
            .once()
            .withf(|_, holder, sealed| holder == b"old" && sealed == "sealed first")
            .return_once(|_, _, _| Ok(b"first".to_vec()));
        test.users.expect_get().return_once(|_| Ok(Some(user())));
        test.access_tokens
            .expect_issue()
            .return_once(|_| Ok("access".into()));
        let tokens = refresh(&test.ports(), "old", &client_info()).await.unwrap();
        assert_eq!(tokens.refresh_token, "first");
    }

    #[tokio::test]
    async fn a_reused_refresh_token_is_refused_and_recorded() {
        let session = session_of(&user());
        for (outcome, lines) in [
            (RefreshOutcome::Reused(session), 1),
            (RefreshOutcome::Unknown, 0),
        ] {
            let mut test = sealing();
            test.sessions
                .expect_rotate()
                .once()
                .return_once(|_, _, _, _, _| Ok(outcome));
            let written = test.audit.expect_append().times(lines).withf(|entry| {
                let of_session =
                    entry.subject == Some(AuditSubject::Session(session_of(&user()).id));
                entry.action == AuditAction::RefreshTokenReused
                    && of_session
                    && entry.actor.is_none()
            });
            written.returning(|_| Ok(()));
            assert_eq!(
                refresh(&test.ports(), "old", &client_info()).await,
                Err(RefreshError::Refused)
            );
        }
    }

    #[tokio::test]
    async fn gives_the_next_token() {
        let (user, mut test) = (user(), sealing());
        let session = session_of(&user);
        test.sessions
            .expect_rotate()
            .once()
            .return_once(|_, _, _, _, _| Ok(RefreshOutcome::Rotated(session)));
        test.users.expect_get().return_once(|_| Ok(Some(user)));
        test.access_tokens
            .expect_issue()
            .return_once(|_| Ok("access".into()));
        let tokens = refresh(&test.ports(), "old", &client_info()).await.unwrap();
        assert_eq!(tokens.refresh_token, "secret 1");
    }

    #[tokio::test]
    async fn an_account_that_may_not_act_loses_its_session() {
        let (user, mut test) = (unverified(), sealing());
        let session = session_of(&user);
        test.sessions
            .expect_rotate()
            .return_once(|_, _, _, _, _| Ok(RefreshOutcome::Rotated(session)));
        test.users.expect_get().return_once(|_| Ok(Some(user)));
        test.sessions
            .expect_revoke()
            .once()
            .return_once(|_, _| Ok(true));
        assert_eq!(
            refresh(&test.ports(), "old", &client_info()).await,
            Err(RefreshError::Refused)
        );
    }
}
