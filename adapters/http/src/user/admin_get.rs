//! `GET /admin/users/{user_id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::user;
use sojourn_domain::shared::UserId;

use super::account_dto::{AccountDto, respond_with_account};
use crate::extract::{Authenticated, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get an account in any state
///
/// Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/users/{user_id}", operation_id = "get_account", tag = "admin",
    params(("user_id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The account", body = AccountDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security(("bearer" = []))
)]
pub async fn admin_get_user(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<UserId>,
) -> Result<HttpResponse, Problem> {
    let user = user::get_account(&state.ports, &who.actor, id).await?;
    Ok(respond_with_account(&request, &user))
}
