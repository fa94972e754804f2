//! Accounts as operators see them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use sojourn_application::ports::AccountState;
use sojourn_domain::user::User;
use utoipa::ToSchema;

use crate::etag;
use crate::user::{UserDto, instant};

/// An account, as operators see it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountDto {
    /// What its owner sees.
    #[serde(flatten)]
    pub user: UserDto,
    /// What it is.
    pub state: AccountStateDto,
    /// Since when an operator keeps it from acting.
    #[schema(required = true, format = DateTime)]
    pub suspended_at: Option<String>,
    /// Since when it is anonymised.
    #[schema(required = true, format = DateTime)]
    pub erased_at: Option<String>,
}

/// What an account can be, one at a time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccountState)]
pub enum AccountStateDto {
    /// Its address is not proved yet.
    Unverified,
    /// It can log in.
    Active,
    /// An operator keeps it from acting.
    Suspended,
    /// It is anonymised.
    Erased,
}

/// A page of accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountList {
    /// The rows.
    pub data: Vec<AccountDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

/// Answers with the account as it is now.
pub fn show(request: &HttpRequest, user: &User) -> HttpResponse {
    etag::respond(
        request,
        StatusCode::OK,
        user.version,
        &AccountDto::from(user),
    )
}

impl From<&User> for AccountDto {
    fn from(user: &User) -> Self {
        Self {
            user: UserDto::from(user),
            state: AccountState::of(user).into(),
            suspended_at: user.suspended_at.map(instant),
            erased_at: user.erased_at.map(instant),
        }
    }
}

impl From<AccountState> for AccountStateDto {
    fn from(state: AccountState) -> Self {
        match state {
            AccountState::Unverified => Self::Unverified,
            AccountState::Active => Self::Active,
            AccountState::Suspended => Self::Suspended,
            AccountState::Erased => Self::Erased,
        }
    }
}

impl From<AccountStateDto> for AccountState {
    fn from(state: AccountStateDto) -> Self {
        match state {
            AccountStateDto::Unverified => Self::Unverified,
            AccountStateDto::Active => Self::Active,
            AccountStateDto::Suspended => Self::Suspended,
            AccountStateDto::Erased => Self::Erased,
        }
    }
}
