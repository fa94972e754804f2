//! `GET /users`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::ports::UserFilter;
use sojourn_application::user as accounts;
use utoipa::{IntoParams, ToSchema};

use super::dto::{RoleDto, UserDto};
use crate::extract::{Authenticated, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UserParams {
    /// Only accounts whose email address starts with this text (case-insensitive).
    #[param(max_length = 254)]
    pub email_prefix: Option<String>,
    /// Only accounts with these words in their name, without regard to case and accents.
    #[param(max_length = 200)]
    pub name: Option<String>,
    /// Only accounts with this role.
    pub role: Option<RoleDto>,
}

/// A page of accounts.
#[derive(Debug, serde::Serialize, ToSchema)]
pub struct UserList {
    /// Items on this page.
    pub data: Vec<UserDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// List accounts
///
/// Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/users", operation_id = "list_users", tag = "users", security(("bearer" = [])),
    params(UserParams, PageParams),
    responses((status = 200, description = "A page of accounts", body = UserList), ProblemResponses)
)]
pub async fn list(
    who: Authenticated,
    state: Data<AppState>,
    params: Params<UserParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let (params, page) = list_request(&state, &scope, params, page, Ok)?;
    let UserParams {
        email_prefix,
        name,
        role,
    } = params;
    let filter = UserFilter {
        email_prefix,
        name,
        role: role.map(Into::into),
        state: None,
    };
    let users = accounts::list(&state.ports, &who.actor, filter, page).await?;
    Ok(list_json(
        &state,
        users.map(|user| UserDto::from(&user)),
        &scope,
    ))
}
