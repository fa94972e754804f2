//! `GET /users/me`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::user::{UserView, profile};

use crate::etag::respond;
use crate::extract::Authenticated;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::user::view_dto::OwnUserDto;

/// Get the own account
///
/// All fields of the caller's account, and what others see of it.
#[utoipa::path(
    get, path = "/v1/users/me", operation_id = "get_me", tag = "users", security(("bearer" = [])),
    responses(
        (status = 200, description = "The account", body = OwnUserDto, headers(("ETag" = String))),
        (status = 304, description = "Not modified"),
        ProblemResponses
    )
)]
pub async fn get_me(
    req: HttpRequest,
    who: Authenticated,
    state: Data<AppState>,
) -> Result<HttpResponse, Problem> {
    let view = profile(&state.ports, Some(&who.actor), who.actor.user_id).await?;
    let UserView::Own(own) = view else {
        return Err(Problem::not_found());
    };
    let (version, shown) = (own.account.version, OwnUserDto::from(own.as_ref()));
    Ok(respond(&req, StatusCode::OK, version, &shown))
}
