//! Queries of accounts.

use async_trait::async_trait;
use sojourn_domain::shared::{Page, PageRequest, RepositoryError, UserId};
use sojourn_domain::user::{Role, User};

/// Filter for accounts, for operators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserFilter {
    /// Prefix of the e-mail address, case-insensitive.
    pub email_prefix: Option<String>,
    /// Words in the name, without regard to case, accents and composition.
    pub name: Option<String>,
    /// With this role.
    pub role: Option<Role>,
    /// In this state.
    pub state: Option<AccountState>,
}

/// State of an account; the states are exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// The e-mail address is not verified.
    Unverified,
    /// The account can log in.
    Active,
    /// Suspended by an operator.
    Suspended,
    /// Anonymized.
    Erased,
}

impl AccountState {
    /// State of an account: erased takes precedence over suspended, suspended over unverified.
    #[must_use]
    pub fn of(user: &User) -> Self {
        if user.erased_at.is_some() {
            Self::Erased
        } else if user.suspended_at.is_some() {
            Self::Suspended
        } else if user.email_verified {
            Self::Active
        } else {
            Self::Unverified
        }
    }

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Erased => "erased",
        }
    }
}

/// Obligations that prevent an account from being erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligations {
    /// True if a booking as guest or host is held, awaited, confirmed or checked in.
    pub bookings: bool,
    /// True if a payout to the account is pending.
    pub payouts: bool,
    /// True if the account owes money as a host, after cancellation fees or refunds of paid-out
    /// stays.
    pub debts: bool,
}

/// Queries of accounts.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait UserQueries: Send + Sync {
    /// Accounts.
    async fn users(
        &self,
        filter: UserFilter,
        page: PageRequest,
    ) -> Result<Page<User>, RepositoryError>;

    /// Those of the accounts that exist, each with whether it has a listed property, in any order.
    async fn with_host_flag(&self, ids: Vec<UserId>) -> Result<Vec<(User, bool)>, RepositoryError>;

    /// Obligations that prevent an account from being erased.
    async fn obligations(&self, user: UserId) -> Result<Obligations, RepositoryError>;
}
