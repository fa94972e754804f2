//! Accounts in the view of operators.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use sojourn_application::ports::AccountState;
use sojourn_application::user::AccountView;
use utoipa::ToSchema;

use super::dto::UserDto;
use crate::etag;
use crate::wire::timestamp::instant;

/// An account in the view of operators.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountDto {
    /// Fields visible to the owner.
    #[serde(flatten)]
    pub user: UserDto,
    /// State of the account.
    pub state: AccountStateDto,
    /// Time of the suspension (UTC); null unless suspended.
    #[schema(required = true, format = DateTime)]
    pub suspended_at: Option<String>,
    /// Time of the erasure (UTC); null unless erased.
    #[schema(required = true, format = DateTime)]
    pub erased_at: Option<String>,
}

/// State of an account.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AccountState)]
pub enum AccountStateDto {
    /// The email address is not verified yet.
    Unverified,
    /// The account can log in.
    Active,
    /// Suspended by an operator.
    Suspended,
    /// Anonymised and closed.
    Erased,
}

/// A page of accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountList {
    /// Items on this page.
    pub data: Vec<AccountDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// Responds with the account and its entity tag.
pub fn respond_with_account(request: &HttpRequest, view: &AccountView) -> HttpResponse {
    etag::respond(
        request,
        StatusCode::OK,
        view.version,
        &AccountDto::from(view),
    )
}

impl From<&AccountView> for AccountDto {
    fn from(user: &AccountView) -> Self {
        Self {
            user: UserDto::from(user),
            state: user.state.into(),
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
