//! `GET /reviews/{review_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::review;
use sojourn_domain::shared::ReviewId;

use super::dto::ReviewDto;
use super::expand::{ExpandParams, include};
use crate::etag;
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a review
///
/// Until it is published, it is only visible to its author and operators.
#[utoipa::path(
    get, path = "/v1/reviews/{review_id}", operation_id = "get_review", tag = "reviews",
    params(("review_id" = String, Path, format = "uuid"), ExpandParams),
    responses(
        (status = 200, description = "The review", body = ReviewDto),
        (status = 304, description = "Not modified"),
        ProblemResponses
    ),
    security((), ("bearer" = []))
)]
pub async fn get_review(
    state: Data<AppState>,
    request: HttpRequest,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<ReviewId>,
    expand: Params<ExpandParams>,
) -> Result<HttpResponse, Problem> {
    let view = review::get(&state.ports, actor.as_ref(), id).await?;
    let wanted = expand.parse(ExpandParams::parse)?;
    let mut found = [ReviewDto::from(&view)];
    include(&state.ports, actor.as_ref(), &wanted, &mut found).await?;
    let [found] = found;
    Ok(etag::respond(
        &request,
        StatusCode::OK,
        view.version,
        &found,
    ))
}
