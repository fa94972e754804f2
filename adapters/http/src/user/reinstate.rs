//! `POST /admin/users/{user_id}/reinstate`.

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

/// Reinstate a suspended account
///
/// Its properties stay suspended until they are reinstated one by one. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/users/{user_id}/reinstate", operation_id = "reinstate_account", tag = "admin",
    params(("user_id" = String, Path, format = "uuid")),
    request_body = ReasonInput,
    responses((status = 200, description = "The updated account", body = AccountDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn reinstate_account(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<UserId>,
    input: Body<ReasonInput>,
) -> Result<HttpResponse, Problem> {
    let ReasonInput { reason } = input.judge_after(permit_admin(&who.actor)).await?;
    let user = user::reinstate(&state.ports, &who.actor, id, reason).await?;
    Ok(respond_with_account(&request, &user))
}
