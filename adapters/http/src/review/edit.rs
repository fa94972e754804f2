//! `PATCH /reviews/{review_id}`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use sojourn_application::review;
use sojourn_domain::shared::ReviewId;

use super::dto::ReviewDto;
use super::input::ReviewPatch;
use crate::etag;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Update a review
///
/// JSON Merge Patch, by the author until the review is published.
#[utoipa::path(
    patch, path = "/v1/reviews/{review_id}", operation_id = "update_review", tag = "reviews",
    params(ResourceCommand<ReviewId>),
    request_body = ReviewPatch,
    responses((status = 200, description = "The updated review", body = ReviewDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn update_review(
    command: ResourceCommand<ReviewId>,
    patch: Body<ReviewPatch>,
) -> Result<HttpResponse, Problem> {
    let permission = review::permit_edit(&command.state.ports, &command.actor, command.id);
    let patch = patch.judge_after(permission).await?;
    let now = review::edit(
        &command.state.ports,
        &command.actor,
        command.id,
        &|text| patch.apply(text),
        command.expected,
    )
    .await?;
    let body = ReviewDto::from(&now);
    Ok(etag::respond(
        &command.request,
        StatusCode::OK,
        now.version,
        &body,
    ))
}
