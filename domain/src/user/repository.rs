//! Where accounts are kept.

use async_trait::async_trait;

use super::User;
use crate::shared::{CommitError, Email, Notice, StoreError, UserId};

/// A decision about an account, to be stored whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserChange {
    /// The account as it is to be. Version 1 is inserted; a later version replaces the one before it.
    pub user: User,
    /// Whom to tell.
    pub notices: Vec<Notice>,
    /// Whether all its sessions end with the change.
    pub ends_sessions: bool,
}

impl UserChange {
    /// A change that tells nobody and ends no session.
    #[must_use]
    pub const fn of(user: User) -> Self {
        Self { user, notices: Vec::new(), ends_sessions: false }
    }

    /// The same, telling somebody.
    #[must_use]
    pub fn telling(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
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

    /// Stores notices that no change of the account goes with.
    async fn tell(&self, notices: Vec<Notice>) -> Result<(), StoreError>;
}
