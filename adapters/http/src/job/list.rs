//! `GET /admin/jobs`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use sojourn_application::jobs::{self, JobOperator};
use sojourn_application::ports::{JobFilter, JobKind, JobStatus};
use sojourn_domain::shared::Violations;
use utoipa::IntoParams;

use crate::extract::{Authenticated, Params};
use crate::job::dto::{JobDto, JobKindSchema, JobList, JobStatusSchema};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::accepted::parse_enum;
use crate::wire::pagination::{CursorScope, PageParams, list_json, list_request};

/// Filters of background work.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobParams {
    /// Only this kind.
    #[param(value_type = Option<JobKindSchema>)]
    kind: Option<String>,
    /// Only this status.
    #[param(value_type = Option<JobStatusSchema>)]
    status: Option<String>,
}

impl JobParams {
    fn parse(self) -> Result<JobFilter, Violations> {
        let mut found = Violations::new();
        let filter = JobFilter {
            kind: self
                .kind
                .and_then(|text| parse_enum(&mut found, "/kind", &text, JobKind::parse)),
            status: self
                .status
                .and_then(|text| parse_enum(&mut found, "/status", &text, JobStatus::parse)),
        };
        found.into_result(filter)
    }
}

/// List background work
///
/// Queued jobs, and work on bookings, payments and reviews that failed and was put off or set aside.
/// Newest first. Requires the `admin` role.
#[utoipa::path(
    get, path = "/v1/admin/jobs", operation_id = "list_jobs", tag = "admin",
    params(JobParams, PageParams),
    responses((status = 200, description = "A page of background work", body = JobList), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn list_jobs(
    state: Data<AppState>,
    who: Authenticated,
    params: Params<JobParams>,
    page: Params<PageParams>,
    scope: CursorScope,
) -> Result<HttpResponse, Problem> {
    let operator = JobOperator::Account(&who.actor);
    let (filter, page) = list_request(&state, &scope, params, page, JobParams::parse)?;
    let found = jobs::list(&state.ports, operator, filter, page).await?;
    Ok(list_json(&state, found.map(JobDto::from), &scope))
}
