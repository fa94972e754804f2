//! `POST /reviews/{review_id}/response`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Deserialize;
use sojourn_application::review;
use sojourn_domain::shared::ReviewId;
use utoipa::ToSchema;

use super::dto::ReviewDto;
use crate::etag;
use crate::extract::{Body, ResourceCommand};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// A public response to a review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewResponseInput)]
pub struct ResponseInput {
    /// Text of the response.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
}

/// Respond to a review
///
/// By the reviewed party, in public and only once.
#[utoipa::path(
    post, path = "/v1/reviews/{review_id}/response", operation_id = "respond_to_review", tag = "reviews",
    params(ResourceCommand<ReviewId>),
    request_body = ResponseInput,
    responses((status = 201, description = "The review with the response", body = ReviewDto), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn respond_to_review(
    command: ResourceCommand<ReviewId>,
    input: Body<ResponseInput>,
) -> Result<HttpResponse, Problem> {
    let permission = review::permit_response(&command.state.ports, &command.actor, command.id);
    let ResponseInput { text } = input.judge_after(permission).await?;
    let now = review::respond(
        &command.state.ports,
        &command.actor,
        command.id,
        text,
        command.expected,
    )
    .await?;
    let body = ReviewDto::from(&now);
    Ok(etag::respond(
        &command.request,
        StatusCode::CREATED,
        now.version,
        &body,
    ))
}
