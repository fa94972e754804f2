//! `POST /auth/login`.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, USER_AGENT, WWW_AUTHENTICATE};
use actix_web::web::{Data, Json};
use sojourn_application::session::{self, LogIn, LogInError};

use super::dto::{LoginBody, TokensDto};
use crate::extract::Body;
use crate::problem::Problem;
use crate::server::AppState;

/// Logs in.
#[utoipa::path(
    post, path = "/v1/auth/login", operation_id = "log_in", tag = "auth",
    request_body = LoginBody,
    responses(
        (status = 200, description = "Logged in.", body = TokensDto),
        (status = 400, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The address or the password is wrong, or the address is not verified.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Some fields are wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too busy.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn log_in(
    req: HttpRequest,
    state: Data<AppState>,
    body: Body<LoginBody>,
) -> Result<Json<TokensDto>, Problem> {
    let LoginBody { email, password } = body.0;
    let agent = req.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let login = LogIn { email, password, user_agent: agent.map(|text| text.chars().take(200).collect()) };
    Ok(Json(session::log_in(&state.ports, login).await?.into()))
}

impl From<LogInError> for Problem {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::BadCredentials => {
                let detail = "The address or the password is wrong.";
                Self::new(StatusCode::UNAUTHORIZED, "bad_credentials", detail)
                    .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
            }
            LogInError::Busy => Self::busy(),
            LogInError::Token => Self::internal().caused_by(&error),
            LogInError::Store(error) => error.into(),
        }
    }
}
