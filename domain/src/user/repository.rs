//! Repositories of accounts and second factors.

#[cfg(feature = "repositories")]
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::shared::audit::AuditEntry;
use crate::shared::email::Email;
use crate::shared::id::{SessionId, UserId};
use crate::shared::notification::{Notification, SecurityChange};
use crate::shared::repository::{CommitError, RepositoryError};
use crate::user::second_factor::SecondFactor;
use crate::user::user::User;

/// Sessions to end with a change of an account. Ending any of them invalidates all its one-time
/// tokens, so that a link mailed earlier cannot set a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedSessions {
    /// None.
    None,
    /// All.
    All,
    /// All but this one.
    Others(SessionId),
}

/// Effect of a change of an account on its second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactorEffect {
    /// None.
    Kept,
    /// Wrong codes are forgotten.
    WrongCodesForgotten,
    /// It is removed.
    Removed,
}

/// A change of an account, to be stored as a whole or not at all. Erasure also removes its
/// sessions, one-time tokens and second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct UserChange {
    /// The changed account. Version 1 is inserted; a later version replaces its predecessor.
    pub user: User,
    /// Notifications to send.
    pub notifications: Vec<Notification>,
    /// Sessions to end.
    pub ends_sessions: EndedSessions,
    /// Effect on the second factor.
    pub second_factor: SecondFactorEffect,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
}

impl UserChange {
    /// A change without notifications that ends no session.
    pub const fn of(user: User) -> Self {
        Self {
            user,
            notifications: Vec::new(),
            ends_sessions: EndedSessions::None,
            second_factor: SecondFactorEffect::Kept,
            audit: None,
        }
    }

    /// Adds a notification.
    pub fn with_notification(mut self, notification: Notification) -> Self {
        self.notifications.push(notification);
        self
    }

    /// Sets the sessions to end.
    pub const fn ending_sessions(mut self, sessions: EndedSessions) -> Self {
        self.ends_sessions = sessions;
        self
    }

    /// Sets the effect on the second factor.
    pub const fn with_second_factor(mut self, effect: SecondFactorEffect) -> Self {
        self.second_factor = effect;
        self
    }

    /// Adds an audit entry.
    pub fn with_audit(mut self, entry: AuditEntry) -> Self {
        self.audit = Some(entry);
        self
    }
}

/// Reason for which a change of an account was not stored. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserCommitError {
    /// It was changed concurrently; it must be loaded and changed again.
    #[error("the resource was changed concurrently")]
    Stale,
    /// The e-mail address belongs to another account.
    #[error("the e-mail address belongs to another account")]
    EmailTaken,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl From<UserCommitError> for CommitError {
    fn from(error: UserCommitError) -> Self {
        match error {
            UserCommitError::Stale | UserCommitError::EmailTaken => Self::Stale,
            UserCommitError::Repository(error) => Self::Repository(error),
        }
    }
}

/// Repository of accounts.
#[cfg(feature = "repositories")]
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait UserRepository: Send + Sync {
    /// Returns the account with this id.
    async fn get(&self, id: UserId) -> Result<Option<User>, RepositoryError>;

    /// Returns the accounts with these ids in any order, by one query; unknown ids are ignored.
    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, RepositoryError>;

    /// Returns the account with this address, compared without regard to case.
    async fn by_email(&self, email: &Email) -> Result<Option<User>, RepositoryError>;

    /// Stores the change. Fails with [`UserCommitError::Stale`] when the stored version is not the
    /// previous one.
    async fn commit(&self, change: UserChange) -> Result<(), UserCommitError>;

    /// Stores notifications without a change of the account; they are due at `now`.
    async fn enqueue_notifications(
        &self,
        notifications: Vec<Notification>,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;
}

/// A change of a second factor, to be stored as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a change has no effect until it is stored"]
pub struct SecondFactorChange {
    /// The changed factor. Version 1 is inserted; a later version replaces its predecessor.
    pub factor: SecondFactor,
    /// Audit entry to record.
    pub audit: Option<AuditEntry>,
    /// The change of which the owner is notified, and its instant (UTC).
    pub notice: Option<(SecurityChange, DateTime<Utc>)>,
}

/// Repository of second factors, at most one per account.
#[cfg(feature = "repositories")]
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait SecondFactorRepository: Send + Sync {
    /// Returns the factor of an account, confirmed or not.
    async fn get(&self, id: UserId) -> Result<Option<SecondFactor>, RepositoryError>;

    /// Stores the change. Fails with [`CommitError::Stale`] when the stored version is not the
    /// previous one; for version 1, when a factor exists.
    async fn commit(&self, change: SecondFactorChange) -> Result<(), CommitError>;

    /// Removes the factor at this version and records it in the audit log. Fails with
    /// [`CommitError::Stale`] when its version differs.
    async fn remove(&self, change: SecondFactorChange) -> Result<(), CommitError>;
}
