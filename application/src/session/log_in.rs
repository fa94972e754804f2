//! Logging in.

use std::fmt;

use sojourn_domain::shared::{
    AuditAction, AuditEntry, AuditSubject, Email, RepositoryError, UserId,
};
use sojourn_domain::user::User;

use super::gate::pass;
use super::open::open;
use super::rehash::rehash;
use super::second_step::second_step;
use super::tokens::Tokens;
use crate::Visitor;
use crate::ports::Ports;

/// A login request.
#[derive(Clone)]
pub struct LogIn {
    /// The account's e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
    /// A code of the second factor or a recovery code; required if the account has a second factor.
    pub code: Option<String>,
    /// Origin of the request.
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

/// Errors of logging in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogInError {
    /// The account is unknown, unverified or suspended, or the password is wrong. The response does
    /// not distinguish these cases.
    #[error("incorrect e-mail address or password")]
    BadCredentials,
    /// The password is correct, and a second factor code is required.
    #[error("a second factor code is required")]
    CodeRequired,
    /// The password is correct; the code is wrong or was already used.
    #[error("the code is incorrect or was already used")]
    CodeInvalid,
    /// Too many attempts; holds the seconds until the next one. It does not reveal whether the
    /// account exists.
    #[error("too many attempts; try again in {0} seconds")]
    Throttled(u32),
    /// The password hashing queue is full; retry later.
    #[error("the password hashing queue is full; try again later")]
    Busy,
    /// No token could be signed.
    #[error("the token could not be signed")]
    Token,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Starts a session. Any failure with the address or the password costs one verification and one
/// audit entry, and gets the same response. The code is checked only after the password.
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

/// The account, if it may log in; otherwise the account found and the reason, for the log only.
fn admitted(known: Option<User>, fits: bool) -> Result<User, (Option<UserId>, &'static str)> {
    match known {
        None => Err((None, "no such account")),
        Some(user) if !fits => Err((Some(user.id), "wrong password")),
        Some(user) if user.suspended_at.is_some() => Err((Some(user.id), "suspended")),
        Some(user) if !user.is_active() => Err((Some(user.id), "address not proved")),
        Some(user) => Ok(user),
    }
}

/// Records a failed login.
pub(super) async fn refused(
    ports: &Ports,
    from: &Visitor,
    user: Option<UserId>,
    why: &'static str,
) -> Result<(), RepositoryError> {
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
