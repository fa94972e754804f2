//! `POST /auth/totp/confirm`.

use actix_web::web::{Data, Json};
use sojourn_application::second_factor::confirm;

use super::totp_dto::{CodeBody, RecoveryCodesDto};
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Enable the second factor
///
/// Takes a first code of the authenticator app, and returns the recovery codes.
#[utoipa::path(
    post, path = "/v1/auth/totp/confirm", operation_id = "confirm_totp", tag = "auth", security(("bearer" = [])),
    request_body = CodeBody,
    responses((status = 200, description = "The recovery codes, shown only once", body = RecoveryCodesDto), ProblemResponses)
)]
pub async fn confirm_totp(
    who: Authenticated,
    state: Data<AppState>,
    body: Body<CodeBody>,
) -> Result<Json<RecoveryCodesDto>, Problem> {
    let body = body.judge()?;
    let recovery_codes = confirm(&state.ports, &who.actor, &body.parse()?).await?;
    Ok(Json(RecoveryCodesDto { recovery_codes }))
}
