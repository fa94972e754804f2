//! Passwords, tokens, signatures.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{SessionId, StoreError, UserId};
use uuid::Uuid;

/// Hashing is impossible now: the queue of passwords to hash is full.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being hashed")]
pub struct HashError;

/// What came of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Whether it fits.
    pub fits: bool,
    /// Whether its hash was made with less work than hashes are made with now: to be hashed anew when it fits.
    pub outdated: bool,
}

/// Hashes passwords, off the async threads and a bounded number at a time.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A hash as a PHC string.
    async fn hash(&self, password: String) -> Result<String, HashError>;

    /// Whether the password fits the hash. Without a hash it takes as long and is false.
    async fn verify(&self, password: String, hash: Option<String>) -> Result<Verified, HashError>;
}

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// Its own id.
    pub token_id: Uuid,
    /// Whose it is.
    pub user_id: UserId,
    /// In which session.
    pub session_id: SessionId,
    /// Whether its bearer is an operator.
    pub admin: bool,
    /// Since when.
    pub issued_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// The token is not ours, not whole, or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is invalid or expired")]
pub struct TokenError;

/// A public key by which others may check our tokens: Ed25519, as RFC 8037 writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its name in the head of tokens.
    pub key_id: String,
    /// The key, as URL-safe base64.
    pub x: String,
}

/// Makes and reads access tokens (JWT).
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait AccessTokens: Send + Sync {
    /// A signed token.
    fn issue(&self, claims: AccessClaims) -> Result<String, TokenError>;

    /// What a token says, if it is ours and good now.
    fn read(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError>;

    /// The keys by which others may check them; none when they are signed with a shared secret.
    fn public_keys(&self) -> Vec<PublicKey>;
}

/// Signs what clients carry for us. A signature for one purpose is none for another.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait Signer: Send + Sync {
    /// The payload with its signature, as URL-safe text.
    fn sign(&self, purpose: &'static str, payload: &[u8]) -> String;

    /// The payload, if the signature is ours.
    fn open(&self, purpose: &'static str, signed: &str) -> Result<Vec<u8>, TokenError>;
}

/// What a one-time token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Proving an e-mail address, 24 hours.
    VerifyEmail,
    /// Setting a new password, 1 hour.
    ResetPassword,
}

impl Purpose {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
        }
    }
}

/// One-time tokens. Only their SHA-256 is kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait OneTimeTokens: Send + Sync {
    /// Keeps a new token of a user.
    async fn keep(
        &self,
        token: &str,
        user_id: UserId,
        purpose: Purpose,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Uses a token up: whose it is, if it is good for the purpose and was not used.
    async fn redeem(
        &self,
        token: &str,
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>, StoreError>;
}

/// A new secret for an authenticator app.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTotp {
    /// Sealed, to be stored.
    pub sealed: String,
    /// As base32, to be typed.
    pub secret: String,
    /// As a link, to be shown as a QR code.
    pub otpauth_url: String,
}

impl fmt::Debug for NewTotp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewTotp").finish_non_exhaustive()
    }
}

/// Codes of authenticator apps (RFC 6238: SHA-1, six digits, 30 seconds). Their secrets are stored sealed.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait TotpCodes: Send + Sync {
    /// A secret for an account, named by its address in the app.
    fn fresh(&self, account: &str) -> NewTotp;

    /// The step to which a code belongs, if it is that of now or one next to it.
    fn step(&self, sealed: &str, code: &str, now: DateTime<Utc>) -> Option<i64>;

    /// What is kept of a recovery code, whatever its case and hyphens.
    fn digest(&self, recovery_code: &str) -> String;
}
