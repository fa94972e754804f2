//! Logging in.

use std::fmt;

use sojourn_domain::shared::{Email, SessionId, StoreError};
use sojourn_domain::user::User;

use super::tokens::{Tokens, issue, session_end};
use crate::ports::{Ports, Session};

/// The longest name of a device that is kept, in characters.
const USER_AGENT_LENGTH: usize = 200;

/// What a login needs.
#[derive(Clone)]
pub struct LogIn {
    /// The account's address.
    pub email: String,
    /// Its password.
    pub password: String,
    /// What the device calls itself.
    pub user_agent: Option<String>,
}

impl fmt::Debug for LogIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogIn").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Why nobody was logged in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogInError {
    /// Unknown, unverified or suspended, or the password is another: nobody is told which.
    #[error("the address or the password is wrong")]
    BadCredentials,
    /// Too many passwords are being hashed; try again.
    #[error("too many passwords are being hashed")]
    Busy,
    /// No token could be signed.
    #[error("no token could be made")]
    Token,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens a session. Whatever is wrong, it costs one verification and is answered alike.
///
/// # Errors
/// [`LogInError`].
pub async fn log_in(ports: &Ports, login: LogIn) -> Result<Tokens, LogInError> {
    let user = match Email::parse(&login.email) {
        Ok(email) => ports.users.by_email(&email).await?,
        Err(_) => None,
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let fits = ports.hasher.verify(login.password, hash).await.map_err(|_| LogInError::Busy)?;
    let user = user.filter(|user| fits && user.is_active()).ok_or(LogInError::BadCredentials)?;
    open(ports, &user, login.user_agent).await
}

async fn open(ports: &Ports, user: &User, user_agent: Option<String>) -> Result<Tokens, LogInError> {
    let (now, id) = (ports.clock.now(), SessionId::new(ports.ids.uuid()));
    let tokens = issue(ports, user, id, ports.ids.secret(), now).map_err(|_| LogInError::Token)?;
    let session = Session {
        id,
        user_id: user.id,
        created_at: now,
        last_used_at: now,
        expires_at: session_end(now),
        user_agent: user_agent.map(|name| name.chars().take(USER_AGENT_LENGTH).collect()),
    };
    ports.sessions.open(session, &tokens.refresh_token).await?;
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, unverified, user};

    fn ana() -> LogIn {
        LogIn {
            email: "ana@mail.example".into(),
            password: "a long enough one".into(),
            user_agent: Some("x".repeat(300)),
        }
    }

    #[tokio::test]
    async fn an_unknown_user_still_costs_a_verification() {
        for email in ["nobody@mail.example", "no address"] {
            let mut test = TestPorts::new();
            test.users.expect_by_email().returning(|_| Ok(None));
            test.hasher.expect_verify().once().withf(|_, hash| hash.is_none()).return_once(|_, _| Ok(false));
            let refused = log_in(&test.ports(), LogIn { email: email.into(), ..ana() }).await;
            assert_eq!(refused, Err(LogInError::BadCredentials));
        }
    }

    #[tokio::test]
    async fn an_unverified_user_with_the_right_password_is_refused_alike() {
        let mut test = TestPorts::new();
        test.users.expect_by_email().return_once(|_| Ok(Some(unverified())));
        test.hasher.expect_verify().once().return_once(|_, _| Ok(true));
        assert_eq!(log_in(&test.ports(), ana()).await, Err(LogInError::BadCredentials));
    }

    #[tokio::test]
    async fn opens_a_session_of_thirty_days() {
        let mut test = TestPorts::new();
        test.users.expect_by_email().return_once(|_| Ok(Some(user())));
        test.hasher.expect_verify().once().return_once(|_, _| Ok(true));
        test.access_tokens.expect_issue().once().return_once(|claims| {
            assert_eq!((claims.expires_at - claims.issued_at).num_minutes(), 15);
            Ok("access".into())
        });
        test.sessions
            .expect_open()
            .once()
            .withf(|session, token| {
                let name = session.user_agent.as_ref().map(String::len);
                (session.expires_at - session.created_at).num_days() == 30
                    && name == Some(200)
                    && token == "secret 1"
            })
            .return_once(|_, _| Ok(()));
        let tokens = log_in(&test.ports(), ana()).await.unwrap();
        assert_eq!((tokens.expires_in, tokens.refresh_token.as_str()), (900, "secret 1"));
    }
}
