//! Accounts as their viewers may see them.

use chrono::{DateTime, Utc};
use sojourn_domain::property::Rating;
use sojourn_domain::shared::UserId;
use sojourn_domain::user::{Profile, Role, User};

use crate::ports::AccountState;

/// An account, in the detail visible to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserView {
    /// The full account, for its owner and operators.
    Own(Box<OwnAccount>),
    /// The public profile.
    Public(PublicProfile),
}

/// An account with what others see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// The account.
    pub account: AccountView,
    /// Its public profile.
    pub profile: PublicProfile,
}

/// An account without its secrets, for its owner and operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Id of the account.
    pub id: UserId,
    /// Email address.
    pub email: String,
    /// True if the address is verified.
    pub email_verified: bool,
    /// Profile.
    pub profile: Profile,
    /// Role.
    pub role: Role,
    /// State of the account.
    pub state: AccountState,
    /// Time of the suspension (UTC).
    pub suspended_at: Option<DateTime<Utc>>,
    /// Time of the erasure (UTC).
    pub erased_at: Option<DateTime<Utc>>,
    /// Version.
    pub version: i64,
    /// Registration time (UTC).
    pub created_at: DateTime<Utc>,
    /// Time of the last change (UTC).
    pub updated_at: DateTime<Utc>,
}

/// Public profile of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicProfile {
    /// The account's id.
    pub id: UserId,
    /// First name.
    pub first_name: String,
    /// Registration time (UTC).
    pub joined: DateTime<Utc>,
    /// True if a property of the user is listed.
    pub is_host: bool,
    /// Mean rating as a guest in hundredths, once enough hosts have rated.
    pub rating: Option<i64>,
    /// Number of ratings by hosts.
    pub reviews_count: i64,
    /// The account's version.
    pub version: i64,
}

impl PublicProfile {
    /// The public profile of an account that has a listed property or not.
    pub(super) fn new(user: &User, is_host: bool) -> Self {
        let rating = Rating {
            sum: user.rating_sum,
            count: user.rating_count,
        };
        Self {
            id: user.id,
            first_name: user.profile.first_name.clone(),
            joined: user.created_at,
            is_host,
            rating: rating.hundredths(),
            reviews_count: rating.count,
            version: user.version,
        }
    }
}

impl From<&User> for AccountView {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            email: user.email.to_string(),
            email_verified: user.email_verified,
            profile: user.profile.clone(),
            role: user.role,
            state: AccountState::of(user),
            suspended_at: user.suspended_at,
            erased_at: user.erased_at,
            version: user.version,
            created_at: user.created_at,
            updated_at: user.updated_at,
        }
    }
}
