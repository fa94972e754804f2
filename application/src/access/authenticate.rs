//! Authenticating the bearer of an access token.

use std::net::IpAddr;

use sojourn_domain::shared::{Actor, RepositoryError, SessionId};

use crate::failure::{Failure, UseCaseError};
use crate::ports::{AccessClaims, Ports};

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
            Self::Refused => Failure::unauthenticated(
                "token_invalid",
                "Access token is invalid or expired. Refresh it or log in again.",
            ),
            Self::Store(error) => error.failure(),
        }
    }
}

/// The actor and session of an access token with these claims, if the session is still open;
/// `address` is the client's.
///
/// # Errors
/// [`AuthenticateError`].
pub async fn authenticate(
    ports: &Ports,
    claims: &AccessClaims,
    address: Option<IpAddr>,
) -> Result<(Actor, SessionId), AuthenticateError> {
    let session = ports
        .sessions
        .get(claims.session_id, claims.user_id, ports.clock.now())
        .await?;
    let session = session.ok_or(AuthenticateError::Refused)?;
    Ok((
        Actor {
            user_id: claims.user_id,
            admin: claims.admin,
            address,
        },
        session.id,
    ))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, now, session_of, user};

    #[tokio::test]
    async fn a_valid_token_of_an_ended_session_is_refused() {
        let session = session_of(&user());
        let claims = AccessClaims {
            token_id: Uuid::nil(),
            user_id: session.user_id,
            session_id: session.id,
            admin: false,
            issued_at: now(),
            expires_at: session.expires_at,
        };
        let mut test = TestPorts::new();
        test.sessions
            .expect_get()
            .once()
            .return_once(|_, _, _| Ok(None));
        assert_eq!(
            authenticate(&test.ports(), &claims, None).await,
            Err(AuthenticateError::Refused)
        );
    }
}
