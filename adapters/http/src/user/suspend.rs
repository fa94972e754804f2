//! `POST /admin/users/{user_id}/suspend`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::access::permit_admin;
use sojourn_application::user;
use sojourn_domain::shared::UserId;

use super::account_dto::{AccountDto, respond_with_account};
use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::reason::ReasonInput;

/// Suspend an account
///
/// Ends its sessions and suspends its listed properties. Existing bookings stay valid. Requires the
/// `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/users/{user_id}/suspend", operation_id = "suspend_account", tag = "admin",
    params(("user_id" = String, Path, format = "uuid")),
    request_body = ReasonInput,
    responses((status = 200, description = "The suspended account", body = AccountDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn suspend_account(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<UserId>,
    input: Body<ReasonInput>,
) -> Result<HttpResponse, Problem> {
    let ReasonInput { reason } = input.judge_after(permit_admin(&who.actor)).await?;
    let user = user::suspend(&state.ports, &who.actor, id, reason).await?;
    Ok(respond_with_account(&request, &user))
}
