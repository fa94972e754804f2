//! `POST /auth/totp`.

use actix_web::web::{Data, Json};
use sojourn_application::second_factor::{EnrolError, enrol};

use super::totp_dto::TotpSecretDto;
use crate::extract::Authenticated;
use crate::openapi::Failures;
use crate::problem::Problem;
use crate::server::AppState;

/// Makes a secret for the asker's authenticator app. It is not asked for before `/auth/totp/confirm`; asking again
/// makes another in its place.
#[utoipa::path(
    post, path = "/v1/auth/totp", operation_id = "enrol_totp", tag = "auth", security(("bearer" = [])),
    responses((status = 200, description = "The secret, shown this once", body = TotpSecretDto), Failures)
)]
pub async fn enrol_totp(
    who: Authenticated,
    state: Data<AppState>,
) -> Result<Json<TotpSecretDto>, Problem> {
    let fresh = enrol(&state.ports, &who.actor).await?;
    Ok(Json(TotpSecretDto {
        secret: fresh.secret,
        otpauth_url: fresh.otpauth_url,
    }))
}

/// 409: there is a second factor already.
pub(super) fn already_on() -> Problem {
    Problem::conflict(
        "totp_already_on",
        "The second factor is on; turn it off before setting up another.",
    )
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::AlreadyOn => already_on(),
            EnrolError::Store(error) => error.into(),
        }
    }
}
