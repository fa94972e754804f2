//! Whether the server lives, and whether it is ready.

use actix_web::web::{Data, ServiceConfig};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::draining::Draining;
use crate::problem::Problem;
use crate::routing::resource;
use crate::server::AppState;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(example = "ok")]
    pub status: &'static str,
}

/// The description of these routes.
#[derive(OpenApi)]
#[openapi(paths(livez, readyz))]
pub struct HealthApi;

/// The routes.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/livez").get(livez))
        .service(resource("/readyz").get(readyz));
}

/// Whether the process answers.
#[utoipa::path(get, path = "/livez", operation_id = "livez", tag = "health",
    responses((status = 200, description = "It does.", body = Health)))]
pub async fn livez() -> actix_web::web::Json<Health> {
    actix_web::web::Json(Health { status: "ok" })
}

/// Whether requests are welcome: the database answers, and the server is not about to stop.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "health", responses(
    (status = 200, description = "They are.", body = Health),
    (status = 503, description = "They are not.", body = Problem, content_type = "application/problem+json"),
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
