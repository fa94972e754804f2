//! Finding out who asks.

use std::net::IpAddr;

use sojourn_domain::shared::{Actor, SessionId, StoreError};

use crate::ports::{AccessClaims, Ports};

/// Why nobody is let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticateError {
    /// The token is not ours or over, or its session ended.
    #[error("the access token is not good")]
    Refused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who bears an access token, and in which session, if that is still open; `address` is from where they ask.
///
/// # Errors
/// [`AuthenticateError`].
pub async fn authenticate(
    ports: &Ports,
    token: &str,
    address: Option<IpAddr>,
) -> Result<(Actor, SessionId), AuthenticateError> {
    let now = ports.clock.now();
    let claims = ports.access_tokens.read(token, now).map_err(|_| AuthenticateError::Refused)?;
    admit(ports, &claims, address).await
}

/// The same, of a token that was read already.
///
/// # Errors
/// [`AuthenticateError`].
pub async fn admit(
    ports: &Ports,
    claims: &AccessClaims,
    address: Option<IpAddr>,
) -> Result<(Actor, SessionId), AuthenticateError> {
    let session = ports.sessions.get(claims.session_id, claims.user_id, ports.clock.now()).await?;
    let session = session.ok_or(AuthenticateError::Refused)?;
    Ok((Actor { user_id: claims.user_id, admin: claims.admin, address }, session.id))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::test_ports::{TestPorts, now, session_of, user};

    #[tokio::test]
    async fn a_good_token_of_an_ended_session_is_refused() {
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
        test.access_tokens.expect_read().return_once(move |_, _| Ok(claims));
        test.sessions.expect_get().once().return_once(|_, _, _| Ok(None));
        assert_eq!(authenticate(&test.ports(), "token", None).await, Err(AuthenticateError::Refused));
    }
}
