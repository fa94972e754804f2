//! `GET /users/{user_id}/export`.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use sojourn_application::user::{self as accounts};

use super::export_dto::ExportDto;
use super::get::resolve_user_id;
use crate::extract::Authenticated;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Export all data of an account
///
/// For its owner or an operator.
#[utoipa::path(
    get, path = "/v1/users/{user_id}/export", operation_id = "export_user", tag = "users", security(("bearer" = [])),
    params(("user_id" = String, Path, description = "Id of the account, or `me` for the caller")),
    responses((status = 200, description = "All data of the account", body = ExportDto), ProblemResponses)
)]
pub async fn export(
    who: Authenticated,
    state: Data<AppState>,
    user_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = resolve_user_id(&user_id, &who.actor)?;
    let everything = accounts::export(&state.ports, &who.actor, id).await?;
    Ok(HttpResponse::Ok().json(ExportDto::new(everything, who.session_id)))
}
