//! Where accounts are kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{SecondFactor, User};
use crate::shared::{AuditEntry, CommitError, Email, Notice, SessionId, StoreError, UserId};

/// Which sessions of an account end with a change of it. With any of them go all its one-time tokens: a link that was
/// mailed before sets no password after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedSessions {
    /// None.
    None,
    /// All.
    All,
    /// All but this one.
    Others(SessionId),
}

/// A decision about an account, to be stored whole or not at all. One that is erased loses its sessions, its
/// one-time tokens and its second factor with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserChange {
    /// The account as it is to be. Version 1 is inserted; a later version replaces the one before it.
    pub user: User,
    /// Whom to tell.
    pub notices: Vec<Notice>,
    /// Which of its sessions end with the change.
    pub ends_sessions: EndedSessions,
    /// What is written down about it.
    pub audit: Option<AuditEntry>,
}

impl UserChange {
    /// A change that tells nobody and ends no session.
    #[must_use]
    pub const fn of(user: User) -> Self {
        Self {
            user,
            notices: Vec::new(),
            ends_sessions: EndedSessions::None,
            audit: None,
        }
    }

    /// The same, telling somebody.
    #[must_use]
    pub fn telling(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }

    /// The same, ending sessions.
    #[must_use]
    pub const fn ending(mut self, sessions: EndedSessions) -> Self {
        self.ends_sessions = sessions;
        self
    }

    /// The same, written down.
    #[must_use]
    pub fn audited(mut self, entry: AuditEntry) -> Self {
        self.audit = Some(entry);
        self
    }
}

/// Where accounts are kept.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait UserRepository: Send + Sync {
    /// The account with this id.
    async fn get(&self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The accounts with these ids, in no order; unknown ids are passed over. One statement.
    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError>;

    /// The account with this address, without regard to case.
    async fn by_email(&self, email: &Email) -> Result<Option<User>, StoreError>;

    /// Stores the change: [`CommitError::Stale`] when the version before it is not the stored one,
    /// [`CommitError::Exists`] when the address belongs to another account.
    async fn commit(&self, change: UserChange) -> Result<(), CommitError>;

    /// Stores notices that no change of the account goes with; they are due from this instant on.
    async fn tell(&self, notices: Vec<Notice>, now: DateTime<Utc>) -> Result<(), StoreError>;
}

/// A decision about a second factor, to be stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactorChange {
    /// The factor as it is to be. Version 1 is inserted; a later version replaces the one before it.
    pub factor: SecondFactor,
    /// What is written down about it.
    pub audit: Option<AuditEntry>,
}

/// Where second factors are kept, one an account at most.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait SecondFactorRepository: Send + Sync {
    /// The factor of an account, confirmed or not.
    async fn get(&self, id: UserId) -> Result<Option<SecondFactor>, StoreError>;

    /// Stores the change: [`CommitError::Stale`] when the version before it is not the stored one,
    /// [`CommitError::Exists`] when version 1 meets another.
    async fn commit(&self, change: SecondFactorChange) -> Result<(), CommitError>;

    /// Removes the factor at this version, and writes it down: [`CommitError::Stale`] when it is at another.
    async fn remove(&self, change: SecondFactorChange) -> Result<(), CommitError>;
}
