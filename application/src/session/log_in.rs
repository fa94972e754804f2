//! Logging in.

use std::fmt;

use sojourn_domain::shared::{
    AuditAction, AuditEntry, AuditSubject, Email, RepositoryError, UserId,
};
use sojourn_domain::user::User;
use tracing::Instrument;

use super::login_throttle::{check_login_rate, is_known_client};
use super::start_session::start_session;
use super::tokens::Tokens;
use super::upgrade_password_hash::upgrade_password_hash;
use super::verify_second_factor::verify_second_factor;
use crate::access::ClientInfo;
use crate::failure::{Failure, UseCaseError};
use crate::ports::{HashOrigin, PasswordCheck, Ports};
use crate::second_factor::codes_blocked;
use crate::user::enqueue_verification;

/// Reason of a refusal, for the log: the password is correct and the address is not verified.
const UNVERIFIED: &str = "address not proved";

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
    pub from: ClientInfo,
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
    /// The password is correct; no code is accepted after too many wrong ones.
    #[error("no code is accepted after too many wrong ones")]
    CodesBlocked,
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

impl UseCaseError for LogInError {
    fn failure(&self) -> Failure {
        match self {
            Self::BadCredentials => Failure::unauthenticated(
                "bad_credentials",
                "Email address or password is incorrect, or the address is not verified yet. To verify it, open the \
                 link in the mail; POST /v1/auth/email/resend sends another one.",
            ),
            Self::CodeRequired => Failure::unauthenticated(
                "totp_required",
                "A second factor is required. Repeat the request with a code of the authenticator app in `totp`.",
            ),
            Self::CodeInvalid => Failure::unauthenticated(
                "totp_invalid",
                "The code is incorrect, already used or expired.",
            ),
            Self::CodesBlocked => codes_blocked(),
            Self::Throttled(seconds) => Failure::throttled(*seconds),
            Self::Busy => Failure::busy(),
            Self::Token => Failure::internal(self),
            Self::Store(error) => error.failure(),
        }
    }
}

/// Starts a session. Any failure with the address or the password costs one verification and one
/// audit entry, and gets the same response. The code is checked only after the password.
///
/// # Errors
/// [`LogInError`].
pub async fn log_in(ports: &Ports, login: LogIn) -> Result<Tokens, LogInError> {
    let email = Email::parse(&login.email).ok();
    check_login_rate(ports, email.as_ref(), &login.from).await?;
    let known = match &email {
        Some(email) => ports.users.by_email(email).await?,
        None => None,
    };
    let hash = known.as_ref().and_then(|user| user.password_hash.clone());
    let verified = verify_password(ports, &login, email.as_ref(), hash).await?;
    let user = match may_log_in(known, verified.matches) {
        Ok(user) => user,
        Err((account, reason)) => {
            record_refusal(ports, &login.from, account, reason).await?;
            if reason == UNVERIFIED {
                resend_in_background(ports, email);
            }
            return Err(LogInError::BadCredentials);
        }
    };
    verify_second_factor(ports, &user, login.code.as_deref(), &login.from).await?;
    let tokens = start_session(ports, &user, &login.from).await?;
    if verified.outdated {
        upgrade_password_hash(ports, user, login.password, &login.from).await;
    }
    Ok(tokens)
}

/// Verifies a password. When the queue is full for the client's network, the places that are kept for networks with
/// open sessions serve the owner of the account there.
async fn verify_password(
    ports: &Ports,
    login: &LogIn,
    email: Option<&Email>,
    hash: Option<String>,
) -> Result<PasswordCheck, LogInError> {
    let address = login.from.address;
    let verify = |origin| {
        ports
            .hasher
            .verify(login.password.clone(), hash.clone(), origin)
    };
    match verify(HashOrigin::Unknown(address)).await {
        Ok(checked) => Ok(checked),
        Err(_) if is_known_client(ports, email, &login.from).await? => {
            let checked = verify(HashOrigin::Known(address)).await;
            checked.map_err(|_| LogInError::Busy)
        }
        Err(_) => Err(LogInError::Busy),
    }
}

/// The account, if it may log in; otherwise the account found and the reason, for the log only.
fn may_log_in(known: Option<User>, matches: bool) -> Result<User, (Option<UserId>, &'static str)> {
    match known {
        None => Err((None, "no such account")),
        Some(user) if !matches => Err((Some(user.id), "wrong password")),
        Some(user) if user.suspended_at.is_some() => Err((Some(user.id), "suspended")),
        Some(user) if !user.is_active() => Err((Some(user.id), UNVERIFIED)),
        Some(user) => Ok(user),
    }
}

/// Queues another verification mail. The response does not wait for it, so that its time does not
/// reveal whether the password of an unverified account was correct.
fn resend_in_background(ports: &Ports, email: Option<Email>) {
    let Some(email) = email else { return };
    let ports = ports.clone();
    let work = async move {
        if let Err(error) = enqueue_verification(&ports, email).await {
            tracing::warn!(%error, "verification mail could not be queued");
        }
    };
    tokio::spawn(work.in_current_span());
}

/// Records a failed login.
pub(super) async fn record_refusal(
    ports: &Ports,
    from: &ClientInfo,
    user: Option<UserId>,
    reason: &'static str,
) -> Result<(), RepositoryError> {
    let entry = AuditEntry {
        at: ports.clock.now(),
        actor: None,
        address: Some(from.address),
        by_operator: false,
        action: AuditAction::LoginRefused,
        subject: user.map(AuditSubject::User),
        before: None,
        after: Some(reason.to_owned()),
        reason: None,
    };
    ports.audit.append(entry).await
}
