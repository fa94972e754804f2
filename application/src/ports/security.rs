//! Passwords, tokens and signatures.

use std::fmt;
use std::net::IpAddr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Actor, Email, RepositoryError, SessionId, UserId};
use sojourn_domain::user::User;
use uuid::Uuid;

/// The queue of passwords to hash is full.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the password hashing queue is full; try again later")]
pub struct HashError;

/// Result of a password verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCheck {
    /// True if the password matches.
    pub matches: bool,
    /// True if the hash was made with weaker parameters than the current ones and should be
    /// upgraded.
    pub outdated: bool,
}

/// Origin of a password, by which the places of the queue are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashOrigin {
    /// A network without an open session of the account.
    Unknown(IpAddr),
    /// A network with an open session of the account.
    Known(IpAddr),
    /// This program itself.
    Internal,
}

impl HashOrigin {
    /// The origin of a caller with an open session.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        actor.address.map_or(Self::Internal, Self::Known)
    }
}

/// Hashes passwords outside the async threads, a bounded number at a time.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a password into a PHC string.
    async fn hash(&self, password: String, origin: HashOrigin) -> Result<String, HashError>;

    /// Verifies a password. Without a hash it takes as long and does not match.
    async fn verify(
        &self,
        password: String,
        hash: Option<String>,
        origin: HashOrigin,
    ) -> Result<PasswordCheck, HashError>;
}

/// Claims of an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// The token's id (`jti`).
    pub token_id: Uuid,
    /// The user (`sub`).
    pub user_id: UserId,
    /// The session (`sid`).
    pub session_id: SessionId,
    /// Start of validity (UTC).
    pub issued_at: DateTime<Utc>,
    /// End of validity (UTC).
    pub expires_at: DateTime<Utc>,
}

/// The token was not issued by this server, is malformed or has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is invalid or expired")]
pub struct TokenError;

/// A public key for verifying access tokens: Ed25519 as of RFC 8037.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Key id (`kid`) in the token's header.
    pub key_id: String,
    /// The key, as URL-safe base64.
    pub x: String,
}

/// Issues and verifies access tokens (JWT).
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait AccessTokens: Send + Sync {
    /// Issues a signed token.
    fn issue(&self, claims: AccessClaims) -> Result<String, TokenError>;

    /// The claims of a token, if it was issued by this server and is valid now.
    fn read(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError>;

    /// Public keys for verification; empty if tokens are signed with a shared secret.
    fn public_keys(&self) -> Vec<PublicKey>;
}

/// Digests of data, and encryption of data that clients hold, each valid for one purpose only.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Signer: Send + Sync {
    /// HMACs of a payload, in hexadecimal, under each secret in use, the current one first. They reveal nothing about
    /// the payload to readers without a secret.
    fn digests(&self, purpose: &'static str, payload: &[u8]) -> Vec<String>;

    /// The payload encrypted and bound to a context, as URL-safe text: the same text for the same
    /// payload and context.
    fn seal(&self, purpose: &'static str, context: &[u8], payload: &[u8]) -> String;

    /// The payload of a sealed text, if it was sealed for this context.
    fn unseal(
        &self,
        purpose: &'static str,
        context: &[u8],
        sealed: &str,
    ) -> Result<Vec<u8>, TokenError>;
}

/// Purpose of a one-time token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Verifying an e-mail address, valid for 24 hours.
    VerifyEmail,
    /// Setting a new password, valid for 1 hour.
    ResetPassword,
}

impl Purpose {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
        }
    }
}

/// The registration that a one-time token belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redeemed {
    /// The account.
    pub user_id: UserId,
    /// Time of its registration (UTC) when the token was consumed.
    pub registered_at: DateTime<Utc>,
}

impl Redeemed {
    /// The account, if it is not erased and was not registered again since.
    #[must_use]
    pub fn owner(&self, found: Option<User>) -> Option<User> {
        found.filter(|user| user.erased_at.is_none() && user.created_at == self.registered_at)
    }
}

/// One-time tokens. Only their SHA-256 is stored.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait OneTimeTokens: Send + Sync {
    /// Stores a new token of an account; false if the account was registered again since it was
    /// read, so that the token would prove a registration of another person.
    async fn keep(
        &self,
        token: &str,
        owner: &User,
        purpose: Purpose,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, RepositoryError>;

    /// Stores a new token that makes an address that of an account, in the place of any earlier one; false if the
    /// account was registered again since it was read.
    async fn keep_email_change(
        &self,
        token: &str,
        owner: &User,
        email: &Email,
        expires_at: DateTime<Utc>,
    ) -> Result<bool, RepositoryError>;

    /// Consumes a token of [`Self::keep_email_change`]; returns the registration and the address if it is valid.
    async fn redeem_email_change(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(Redeemed, Email)>, RepositoryError>;

    /// Consumes a token; returns its registration if it is valid for the purpose and unused.
    async fn redeem(
        &self,
        token: &str,
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Option<Redeemed>, RepositoryError>;
}

/// A new secret for an authenticator app.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTotp {
    /// Encrypted, for storage.
    pub sealed: String,
    /// As base32, for typing.
    pub secret: String,
    /// As an `otpauth:` URL, for a QR code.
    pub otpauth_url: String,
}

impl fmt::Debug for NewTotp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewTotp").finish_non_exhaustive()
    }
}

/// Codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds). Their secrets are stored
/// encrypted.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait TotpCodes: Send + Sync {
    /// A new secret for an account, labelled with its address in the app.
    fn generate_secret(&self, account: &str) -> NewTotp;

    /// The time step of a code, if it is the current one or adjacent to it.
    fn verify(&self, sealed: &str, code: &str, now: DateTime<Utc>) -> Option<i64>;

    /// Digest of a recovery code for storage; ignores case and hyphens.
    fn digest(&self, recovery_code: &str) -> String;
}
