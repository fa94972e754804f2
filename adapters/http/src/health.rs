//! Liveness and readiness.

use std::time::Duration;

use actix_web::rt::time::timeout;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use sojourn_domain::shared::RepositoryError;
use utoipa::{IntoParams, ToSchema};

use crate::draining::Draining;
use crate::extract::Params;
use crate::job::workers_dto::WorkerActivityDto;
use crate::operations::{Operation, operation};
use crate::problem::Problem;
use crate::state::AppState;

/// Time limit of an answer of the database.
const TIMEOUT: Duration = Duration::from_millis(900);

/// Health of the server.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HealthReport)]
pub struct Health {
    /// Always `ok`.
    #[schema(value_type = HealthStatusSchema)]
    pub status: &'static str,
    /// Activity of the workers on each kind of background work; only with `verbose`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub workers: Option<Vec<WorkerActivityDto>>,
}

/// Status of a healthy server; another one answers with a problem.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HealthStatus)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub enum HealthStatusSchema {
    /// It responds.
    Ok,
}

impl Health {
    const OK: Self = Self {
        status: "ok",
        workers: None,
    };
}

/// Options of the readiness check.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReadyParams {
    /// Adds the activity of the workers. No value is needed.
    verbose: Option<String>,
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
pub async fn livez() -> Json<Health> {
    Json(Health::OK)
}

/// Check the readiness
///
/// Fails if the database is unavailable or the server is shutting down. With `?verbose` it also says when a worker was
/// last seen; a server without workers is ready nevertheless.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "health", params(ReadyParams), responses(
    (status = 200, description = "Ready for requests", body = Health),
))]
pub async fn readyz(
    state: Data<AppState>,
    draining: Option<Data<Draining>>,
    params: Params<ReadyParams>,
) -> Result<Json<Health>, Problem> {
    let params = params.parse(Ok)?;
    if draining.is_some_and(|draining| draining.is_on()) {
        return Err(Problem::busy());
    }
    within(state.ports.health.ping()).await?;
    if params.verbose.is_none() {
        return Ok(Json(Health::OK));
    }
    let activity = within(state.ports.workers.activity()).await?;
    Ok(Json(Health {
        workers: Some(activity.into_iter().map(Into::into).collect()),
        ..Health::OK
    }))
}

/// The answer of the database, if it comes in time: a monitor must not wait for a database that hangs.
async fn within<T>(answer: impl Future<Output = Result<T, RepositoryError>>) -> Result<T, Problem> {
    match timeout(TIMEOUT, answer).await {
        Ok(answered) => answered.map_err(|error| Problem::busy().caused_by(&error)),
        Err(_) => Err(Problem::busy().caused_by(&"the database does not answer in time")),
    }
}
