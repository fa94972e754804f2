//! `POST /auth/password/forgot`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::user::forgot_password;

use super::dto::ForgotBody;
use crate::extract::Body;
use crate::problem::Problem;
use crate::server::AppState;

/// Mails a link that sets a new password, if the address has an account. The answer does not tell.
#[utoipa::path(
    post, path = "/v1/auth/password/forgot", operation_id = "forgot_password", tag = "auth",
    request_body = ForgotBody,
    responses(
        (status = 202, description = "A mail was sent, if there was somebody to get it."),
        (status = 400, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields are wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too busy.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn password_forgot(state: Data<AppState>, body: Body<ForgotBody>) -> Result<HttpResponse, Problem> {
    forgot_password(&state.ports, &body.0.email).await?;
    Ok(HttpResponse::Accepted().finish())
}
