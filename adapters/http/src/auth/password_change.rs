//! `POST /auth/password/change`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::change_password;

use super::dto::ChangeBody;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Change the caller's password
///
/// Ends all other sessions of the caller.
#[utoipa::path(
    post, path = "/v1/auth/password/change", operation_id = "change_password", tag = "auth", security(("bearer" = [])),
    request_body = ChangeBody,
    responses((status = 204, description = "Password changed"), ProblemResponses)
)]
pub async fn password_change(
    who: Authenticated,
    state: Data<AppState>,
    body: Body<ChangeBody>,
) -> Result<HttpResponse, Problem> {
    let ChangeBody {
        current_password,
        new_password,
    } = body.judge()?;
    change_password(
        &state.ports,
        &who.actor,
        who.session_id,
        current_password,
        new_password,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
