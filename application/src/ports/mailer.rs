//! Mail delivery.

use async_trait::async_trait;
use sojourn_domain::shared::Email;

/// A plain-text mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Deduplication key, used as the `Message-ID`: a mail sent twice with the same key should
    /// arrive once.
    pub key: String,
    /// Recipient.
    pub to: Email,
    /// Subject, a single line.
    pub subject: String,
    /// Body.
    pub text: String,
}

/// The mail was not accepted for delivery; retry later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mail was not accepted: {0}")]
pub struct MailError(pub String);

/// Sends mail.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over for delivery.
    async fn send(&self, mail: Mail) -> Result<(), MailError>;
}
