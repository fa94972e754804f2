//! `POST /admin/jobs/{job_id}/discard`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::access::permit_admin;
use sojourn_application::jobs::{self, JobOperator};
use sojourn_domain::shared::JobId;

use crate::extract::{Authenticated, Body, Id};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;
use crate::wire::reason::ReasonInput;

/// Discard a queued job
///
/// Deletes it for good. Fails with `wrong_state` while it is running, and with `not_discardable` for
/// work on a booking, payment or review, which would be found again. Requires the `admin` role.
#[utoipa::path(
    post, path = "/v1/admin/jobs/{job_id}/discard", operation_id = "discard_job", tag = "admin",
    params(("job_id" = String, Path, format = "uuid")),
    request_body = ReasonInput,
    responses((status = 204, description = "Discarded"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn discard_job(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<JobId>,
    input: Body<ReasonInput>,
) -> Result<HttpResponse, Problem> {
    let ReasonInput { reason } = input.judge_after(permit_admin(&who.actor)).await?;
    let operator = JobOperator::Account(&who.actor);
    jobs::discard(&state.ports, operator, id, &reason).await?;
    Ok(HttpResponse::NoContent().finish())
}
