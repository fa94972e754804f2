//! Accounts as JSON.

use serde::Serialize;
use sojourn_application::user::AccountView;
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
