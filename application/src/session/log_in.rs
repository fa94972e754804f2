//! Logging in.

use std::fmt;

use sojourn_domain::shared::{AuditAction, AuditEntry, AuditSubject, Email, StoreError, UserId};
use sojourn_domain::user::User;

use super::gate::pass;
use super::open::open;
use super::rehash::rehash;
use super::second_step::second_step;
use super::tokens::Tokens;
use crate::Visitor;
use crate::ports::Ports;

/// What a login needs.
#[derive(Clone)]
pub struct LogIn {
    /// The account's address.
    pub email: String,
    /// Its password.
    pub password: String,
    /// A code of the second factor, or a recovery code; needed where the account has one.
    pub code: Option<String>,
    /// From where.
    pub from: Visitor,
}

impl fmt::Debug for LogIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogIn")
            .field("email", &self.email)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// Why nobody was logged in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogInError {
    /// Unknown, unverified or suspended, or the password is another: nobody is told which.
    #[error("the address or the password is wrong")]
    BadCredentials,
    /// The password is right, and a code is needed besides.
    #[error("a code of the second factor is needed")]
    CodeRequired,
    /// The password is right; the code is wrong or was used.
    #[error("the code is wrong or was used")]
    CodeInvalid,
    /// Too many tries; come again in so many seconds. It says nothing about whether there is an account.
    #[error("too many tries")]
    Throttled(u32),
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

/// Opens a session. Whatever is wrong with the address or the password, it costs one verification and one
/// line of the audit log, and is answered alike. A code is asked for only when the password is right.
///
/// # Errors
/// [`LogInError`].
pub async fn log_in(ports: &Ports, login: LogIn) -> Result<Tokens, LogInError> {
    let email = Email::parse(&login.email).ok();
    pass(ports, email.as_ref(), &login.from).await?;
    let known = match &email {
        Some(email) => ports.users.by_email(email).await?,
        None => None,
    };
    let hash = known.as_ref().and_then(|user| user.password_hash.clone());
    let verified = ports
        .hasher
        .verify(login.password.clone(), hash)
        .await
        .map_err(|_| LogInError::Busy)?;
    let user = match admitted(known, verified.fits) {
        Ok(user) => user,
        Err((account, why)) => {
            refused(ports, &login.from, account, why).await?;
            return Err(LogInError::BadCredentials);
        }
    };
    second_step(ports, &user, login.code.as_deref(), &login.from).await?;
    let tokens = open(ports, &user, &login.from).await?;
    if verified.outdated {
        rehash(ports, user, login.password).await;
    }
    Ok(tokens)
}

/// The account, if it may be entered; or else which it is and why not, for the log alone.
fn admitted(known: Option<User>, fits: bool) -> Result<User, (Option<UserId>, &'static str)> {
    match known {
        None => Err((None, "no such account")),
        Some(user) if !fits => Err((Some(user.id), "wrong password")),
        Some(user) if user.suspended_at.is_some() => Err((Some(user.id), "suspended")),
        Some(user) if !user.is_active() => Err((Some(user.id), "address not proved")),
        Some(user) => Ok(user),
    }
}

/// Writes down that somebody was not let in.
pub(super) async fn refused(
    ports: &Ports,
    from: &Visitor,
    user: Option<UserId>,
    why: &'static str,
) -> Result<(), StoreError> {
    let entry = AuditEntry {
        at: ports.clock.now(),
        actor: None,
        address: Some(from.address),
        action: AuditAction::LoginRefused,
        subject: user.map(AuditSubject::User),
        before: None,
        after: Some(why.to_owned()),
    };
    ports.audit.append(entry).await
}
