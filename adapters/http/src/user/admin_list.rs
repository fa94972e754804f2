//! `GET /admin/users`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::ports::UserFilter;
use sojourn_application::user as accounts;
use utoipa::IntoParams;

use super::account_dto::{AccountDto, AccountList, AccountStateDto};
use super::dto::RoleDto;
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountParams {
    /// Only accounts whose email address starts with this text (case-insensitive).
    #[param(max_length = 254)]
    email_prefix: Option<String>,
    /// Only accounts with these words in their name, without regard to case and accents.
    #[param(max_length = 200)]
    name: Option<String>,
    /// Only accounts with this role.
    role: Option<RoleDto>,
    /// Only accounts in this state.
    state: Option<AccountStateDto>,
}

/// List all accounts with their state
///
/// Newest first. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/users", operation_id = "list_accounts", tag = "admin",
    params(AccountParams, PageParams),
    responses((status = 200, description = "A page of accounts", body = AccountList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn admin_list_users(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<AccountParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (params, page) = list_request(&state, &scope, params, page, Ok)?;
    let AccountParams {
        email_prefix,
        name,
        role,
        state: of_state,
    } = params;
    let filter = UserFilter {
        email_prefix,
        name,
        role: role.map(Into::into),
        state: of_state.map(Into::into),
    };
    let page = accounts::list(&state.ports, &who.actor, filter, page).await?;
    Ok(list_json(
        &state,
        page.map(|user| AccountDto::from(&user)),
        &scope,
    ))
}
