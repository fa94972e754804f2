//! Accounts as clients see them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use sojourn_application::user::{PublicProfile, UserView};
use sojourn_domain::user::{Role, User};
use utoipa::ToSchema;

use crate::money_dto::CurrencyWord;

/// An account, as its owner and operators see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserDto {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its address.
    pub email: String,
    /// Whether its owner proved to read that address.
    pub email_verified: bool,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Telephone number.
    #[schema(required = true)]
    pub phone: Option<String>,
    /// Preferred language.
    #[schema(required = true)]
    pub locale: Option<String>,
    /// Preferred currency.
    #[schema(required = true, value_type = Option<CurrencyWord>)]
    pub currency: Option<String>,
    /// Its role.
    pub role: RoleDto,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// What an account may do.
#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Role)]
pub enum RoleDto {
    /// Guests and hosts.
    Member,
    /// Operators.
    Admin,
}

/// An account, as everybody sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicUserDto {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Given name.
    pub first_name: String,
    /// Since when.
    #[schema(format = DateTime)]
    pub joined: String,
    /// Whether it lets anything.
    pub is_host: bool,
    /// Mean of what hosts gave this guest.
    #[schema(required = true, minimum = 1, maximum = 5)]
    pub rating: Option<f64>,
    /// How many did.
    pub reviews_count: i64,
}

/// An account, as the asker may see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum UserViewDto {
    /// The whole of it.
    Own(UserDto),
    /// What everybody sees.
    Public(PublicUserDto),
}

/// An instant, RFC 3339 in UTC.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

impl From<&User> for UserDto {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.to_string(),
            email_verified: user.email_verified,
            first_name: user.profile.first_name.clone(),
            last_name: user.profile.last_name.clone(),
            phone: user.profile.phone.clone(),
            locale: user.profile.locale.clone(),
            currency: user
                .profile
                .currency
                .map(|currency| currency.code().to_owned()),
            role: user.role.into(),
            created_at: instant(user.created_at),
            updated_at: instant(user.updated_at),
        }
    }
}

impl From<Role> for RoleDto {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => Self::Member,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<RoleDto> for Role {
    fn from(role: RoleDto) -> Self {
        match role {
            RoleDto::Member => Self::Member,
            RoleDto::Admin => Self::Admin,
        }
    }
}

impl From<&PublicProfile> for PublicUserDto {
    fn from(profile: &PublicProfile) -> Self {
        let mean = |hundredths: i64| f64::from(i32::try_from(hundredths).unwrap_or(0)) / 100.0;
        Self {
            id: profile.id.to_string(),
            first_name: profile.first_name.clone(),
            joined: instant(profile.joined),
            is_host: profile.is_host,
            rating: profile.rating.map(mean),
            reviews_count: profile.reviews_count,
        }
    }
}

impl From<&UserView> for UserViewDto {
    fn from(view: &UserView) -> Self {
        match view {
            UserView::Own(user) => Self::Own(user.into()),
            UserView::Public(profile) => Self::Public(profile.into()),
        }
    }
}
