//! `DELETE /auth/totp`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::second_factor::{DisableError, disable};

use super::totp_confirm::code_invalid;
use super::totp_dto::CodeBody;
use crate::extract::{Authenticated, Body};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::server::AppState;

/// Disable the second factor
///
/// Takes a code of the authenticator app or a recovery code.
#[utoipa::path(
    delete, path = "/v1/auth/totp", operation_id = "disable_totp", tag = "auth", security(("bearer" = [])),
    request_body = CodeBody,
    responses((status = 204, description = "Second factor disabled"), ProblemResponses)
)]
pub async fn disable_totp(
    who: Authenticated,
    state: Data<AppState>,
    Body(body): Body<CodeBody>,
) -> Result<HttpResponse, Problem> {
    disable(&state.ports, &who.actor, &body.parse()?).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<DisableError> for Problem {
    fn from(error: DisableError) -> Self {
        match error {
            DisableError::NotOn => {
                Self::conflict("totp_not_on", "The second factor is not enabled.")
            }
            DisableError::CodeInvalid => code_invalid(),
            DisableError::Throttled(seconds) => Self::too_many(seconds),
            DisableError::Store(error) => error.into(),
        }
    }
}
