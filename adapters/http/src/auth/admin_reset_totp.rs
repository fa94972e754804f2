//! `POST /admin/users/{user_id}/totp/reset`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::access::permit_admin;
use sojourn_application::second_factor;
use sojourn_domain::shared::UserId;

use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::reason::ReasonInput;

/// Reset the second factor of an account
///
/// For owners who lost both the authenticator app and the recovery codes. The owner is notified by
/// email. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/users/{user_id}/totp/reset", operation_id = "reset_totp", tag = "admin",
    params(("user_id" = String, Path, format = "uuid")),
    request_body = ReasonInput,
    responses((status = 204, description = "Second factor removed"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn reset_totp(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<UserId>,
    input: Body<ReasonInput>,
) -> Result<HttpResponse, Problem> {
    let ReasonInput { reason } = input.judge_after(permit_admin(&who.actor)).await?;
    second_factor::reset(&state.ports, &who.actor, id, reason).await?;
    Ok(HttpResponse::NoContent().finish())
}
