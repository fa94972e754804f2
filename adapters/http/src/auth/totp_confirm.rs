//! `POST /auth/totp/confirm`.

use actix_web::web::{Data, Json};
use sojourn_application::second_factor::{ConfirmError, confirm};
use sojourn_domain::shared::Violations;

use super::totp_dto::{CodeBody, RecoveryCodesDto};
use super::totp_enrol::already_on;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::server::AppState;

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
    Body(body): Body<CodeBody>,
) -> Result<Json<RecoveryCodesDto>, Problem> {
    let recovery_codes = confirm(&state.ports, &who.actor, &body.parse()?).await?;
    Ok(Json(RecoveryCodesDto { recovery_codes }))
}

/// 422: the code is not valid.
pub(super) fn code_invalid() -> Problem {
    let mut found = Violations::new();
    found.add("/code", "invalid", "is not a valid code");
    Problem::unprocessable(found)
}

impl From<ConfirmError> for Problem {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::NotEnrolled => Self::conflict(
                "totp_not_enrolled",
                "There is no secret to confirm. Create one with POST /v1/auth/totp first.",
            ),
            ConfirmError::AlreadyOn => already_on(),
            ConfirmError::CodeInvalid => code_invalid(),
            ConfirmError::Throttled(seconds) => Self::too_many(seconds),
            ConfirmError::Store(error) => error.into(),
        }
    }
}
