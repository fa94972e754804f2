//! `POST /auth/totp`.

use actix_web::web::{Data, Json};
use sojourn_application::second_factor::enrol;

use super::dto::PasswordBody;
use super::totp_dto::TotpSecretDto;
use crate::extract::{Authenticated, MaybeBody};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Create a secret for the second factor
///
/// For the caller's authenticator app. Logins require a code only after `/auth/totp/confirm`; a repeated
/// call replaces the secret. Takes the password if the login is older than five minutes.
#[utoipa::path(
    post, path = "/v1/auth/totp", operation_id = "enrol_totp", tag = "auth", security(("bearer" = [])),
    request_body = Option<PasswordBody>,
    responses((status = 200, description = "The secret, shown only once", body = TotpSecretDto), ProblemResponses)
)]
pub async fn enrol_totp(
    who: Authenticated,
    state: Data<AppState>,
    MaybeBody(body): MaybeBody<PasswordBody>,
) -> Result<Json<TotpSecretDto>, Problem> {
    let password = body.judge()?.unwrap_or_default().password;
    let fresh = enrol(&state.ports, &who.actor, who.proof(password)).await?;
    Ok(Json(TotpSecretDto {
        secret: fresh.secret,
        otpauth_url: fresh.otpauth_url,
    }))
}
