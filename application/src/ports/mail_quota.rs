//! Mails that anyone can cause to be sent to an address.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Email, RepositoryError};

/// Number of mails to one address within an hour that requests without a login can cause.
pub const MAILS_PER_HOUR: u32 = 5;

/// Counts the mails that requests without a login cause (registration, password reset), by address and over all
/// servers and restarts.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait MailQuota: Send + Sync {
    /// Counts one more mail to an address; false if it already received [`MAILS_PER_HOUR`] within the last hour, so
    /// that this one must not be sent.
    async fn admit(&self, email: &Email, now: DateTime<Utc>) -> Result<bool, RepositoryError>;
}

/// A quota that admits every mail.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnlimitedMails;

#[async_trait]
impl MailQuota for UnlimitedMails {
    async fn admit(&self, _: &Email, _: DateTime<Utc>) -> Result<bool, RepositoryError> {
        Ok(true)
    }
}
