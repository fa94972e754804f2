//! Accounts as JSON.

use serde::Serialize;
use sojourn_application::user::{AccountView, PublicProfile};
use sojourn_domain::user::Role;
use utoipa::ToSchema;

use crate::wire::money::CurrencySchema;
use crate::wire::timestamp::instant;

/// An account in the view of its owner and operators.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserDto {
    /// Id of the account.
    #[schema(format = "uuid")]
    pub id: String,
    /// Email address.
    pub email: String,
    /// True if the email address is verified.
    pub email_verified: bool,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Telephone number in international form.
    #[schema(required = true)]
    pub phone: Option<String>,
    /// BCP 47 tag of the preferred language.
    #[schema(required = true)]
    pub locale: Option<String>,
    /// ISO 4217 code of the preferred currency.
    #[schema(required = true, value_type = Option<CurrencySchema>)]
    pub currency: Option<String>,
    /// Role of the account.
    pub role: RoleDto,
    /// Time of creation (UTC).
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Time of the last change (UTC).
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// Role of an account.
#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = UserRole)]
pub enum RoleDto {
    /// Guest or host.
    Member,
    /// Operator.
    Admin,
}

/// Public profile of an account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublicProfile)]
pub struct PublicUserDto {
    /// Id of the account.
    #[schema(format = "uuid")]
    pub id: String,
    /// Given name.
    pub first_name: String,
    /// Time of the registration (UTC).
    #[schema(format = DateTime)]
    pub joined: String,
    /// True if the account has listed properties.
    pub is_host: bool,
    /// Average rating of this guest by hosts.
    #[schema(required = true, minimum = 1, maximum = 5)]
    pub rating: Option<f64>,
    /// Number of reviews of this guest by hosts.
    pub reviews_count: i64,
}

impl From<&AccountView> for UserDto {
    fn from(user: &AccountView) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.clone(),
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
