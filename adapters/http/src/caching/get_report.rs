//! `GET /admin/cache`.

use actix_web::web::{Data, Json};
use sojourn_application::caching;

use super::report_dto::CacheReportDto;
use crate::extract::Authenticated;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get the cache report
///
/// State of the cache, and its hits and misses since this server started. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/cache", operation_id = "get_cache_report", tag = "admin",
    responses((status = 200, description = "The cache report", body = CacheReportDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn get_cache_report(
    state: Data<AppState>,
    who: Authenticated,
) -> Result<Json<CacheReportDto>, Problem> {
    Ok(Json(
        caching::report(&state.ports, &who.actor).await?.into(),
    ))
}
