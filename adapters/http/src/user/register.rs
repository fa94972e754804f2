//! `POST /users`.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::access::ClientInfo;
use sojourn_application::user::{self as accounts, Register};
use sojourn_domain::shared::Violations;

use super::dto::UserDto;
use super::input::{ProfileBody, RegisterBody};
use crate::etag::respond;
use crate::extract::{Body, Client};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Register an account
///
/// Mails a link that verifies the email address; the account cannot log in before. The response does not
/// reveal if the address is already registered.
#[utoipa::path(
    post, path = "/v1/users", operation_id = "register_user", tag = "users", request_body = RegisterBody,
    responses(
        (status = 201, description = "The new account", body = UserDto, headers(("Location" = String), ("ETag" = String))),
        ProblemResponses
    )
)]
pub async fn register(
    req: HttpRequest,
    Client(from): Client,
    state: Data<AppState>,
    body: Body<RegisterBody>,
) -> Result<HttpResponse, Problem> {
    let command = body.parse(|body| command(body, from))?;
    let user = accounts::register(&state.ports, command).await?;
    let mut response = respond(
        &req,
        StatusCode::CREATED,
        user.version,
        &UserDto::from(&user),
    );
    if let Ok(location) = HeaderValue::from_str(&format!("/v1/users/{}", user.id)) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

fn command(body: RegisterBody, from: ClientInfo) -> Result<Register, Violations> {
    let mut found = Violations::new();
    let RegisterBody {
        email,
        password,
        first_name,
        last_name,
        phone,
        locale,
        currency,
    } = body;
    let profile = ProfileBody {
        first_name,
        last_name,
        phone,
        locale,
        currency,
    }
    .profile(&mut found);
    let command = Register {
        email,
        password,
        profile,
        from,
    };
    for wrong in accounts::check_registration(&command)
        .err()
        .unwrap_or_default()
        .into_vec()
    {
        found.add(wrong.pointer, wrong.code, wrong.detail);
    }
    found.into_result(command)
}
