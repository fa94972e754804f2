//! Liveness and readiness.

use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::draining::Draining;
use crate::operations::{Operation, operation};
use crate::problem::Problem;
use crate::state::AppState;

/// Health of the server.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    #[schema(example = "ok")]
    pub status: &'static str,
}

/// The operations.
pub fn operations() -> Vec<Operation> {
    vec![operation!(livez), operation!(readyz)]
}

/// Check the liveness
///
/// Succeeds while the process responds.
#[utoipa::path(get, path = "/livez", operation_id = "livez", tag = "health",
    responses((status = 200, description = "The process responds", body = Health)))]
pub async fn livez() -> actix_web::web::Json<Health> {
    actix_web::web::Json(Health { status: "ok" })
}

/// Check the readiness
///
/// Fails if the database is unavailable or the server is shutting down.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "health", responses(
    (status = 200, description = "Ready for requests", body = Health),
    (status = 503, description = "Not ready for requests", body = Problem, content_type = "application/problem+json"),
))]
pub async fn readyz(
    state: Data<AppState>,
    draining: Option<Data<Draining>>,
) -> Result<actix_web::web::Json<Health>, Problem> {
    if draining.is_some_and(|draining| draining.is_on()) {
        return Err(Problem::busy());
    }
    state
        .ports
        .queries
        .ping()
        .await
        .map_err(|error| Problem::busy().caused_by(&error))?;
    Ok(actix_web::web::Json(Health { status: "ok" }))
}
