//! Authenticating the bearer of an access token.

use std::net::IpAddr;

use sojourn_domain::shared::{Actor, RepositoryError};

use crate::failure::{Failure, UseCaseError, session_ended};
use crate::ports::{AccessClaims, OpenSession, Ports, Session};

/// Errors of authenticating a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticateError {
    /// The session has ended.
    #[error("the session has ended")]
    Refused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for AuthenticateError {
    fn failure(&self) -> Failure {
        match self {
            Self::Refused => session_ended(),
            Self::Store(error) => error.failure(),
        }
    }
}

/// The actor and session of an access token with these claims, if the session is still open; the
/// role is that of the account at present, and `address` is the client's.
///
/// # Errors
/// [`AuthenticateError`].
pub async fn authenticate(
    ports: &Ports,
    claims: &AccessClaims,
    address: Option<IpAddr>,
) -> Result<(Actor, Session), AuthenticateError> {
    let session = ports
        .sessions
        .get(claims.session_id, claims.user_id, ports.clock.now())
        .await?;
    let OpenSession { session, admin } = session.ok_or(AuthenticateError::Refused)?;
    Ok((
        Actor {
            user_id: claims.user_id,
            admin,
            address,
        },
        session,
    ))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, now, session_of, user};

    fn claims() -> AccessClaims {
        let session = session_of(&user());
        AccessClaims {
            token_id: Uuid::nil(),
            user_id: session.user_id,
            session_id: session.id,
            issued_at: now(),
            expires_at: session.expires_at,
        }
    }

    #[tokio::test]
    async fn the_role_is_that_of_the_account_at_present() {
        for admin in [true, false] {
            let session = session_of(&user());
            let mut test = TestPorts::new();
            let found = OpenSession { session, admin };
            test.sessions
                .expect_get()
                .once()
                .return_once(|_, _, _| Ok(Some(found)));
            let (actor, _) = authenticate(&test.ports(), &claims(), None).await.unwrap();
            assert_eq!(actor.admin, admin);
        }
    }

    #[tokio::test]
    async fn a_valid_token_of_an_ended_session_is_refused() {
        let mut test = TestPorts::new();
        test.sessions
            .expect_get()
            .once()
            .return_once(|_, _, _| Ok(None));
        assert_eq!(
            authenticate(&test.ports(), &claims(), None).await,
            Err(AuthenticateError::Refused)
        );
    }
}
