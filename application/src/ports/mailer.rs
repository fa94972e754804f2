//! Mail.

use async_trait::async_trait;
use sojourn_domain::shared::Email;

/// A mail in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Sent twice with the same key, it should arrive once: becomes the `Message-ID`.
    pub key: String,
    /// To whom.
    pub to: Email,
    /// The subject, on one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The mail was not taken; try later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mail was not taken: {0}")]
pub struct MailError(pub String);

/// Sends mail.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over to whatever delivers it.
    async fn send(&self, mail: Mail) -> Result<(), MailError>;
}
