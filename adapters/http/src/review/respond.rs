//! `POST /reviews/{review_id}/response`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Deserialize;
use sojourn_application::review::{self, RespondError};
use sojourn_domain::shared::ReviewId;
use utoipa::ToSchema;

use super::dto::ReviewDto;
use super::refused_review::refused_review;
use crate::etag;
use crate::extract::{Body, Target};
use crate::openapi::Failures;
use crate::problem::Problem;

/// A public response to a review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseInput {
    /// Text of the response.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
}

/// Respond to a review
///
/// By the reviewed party, in public and only once.
#[utoipa::path(
    post, path = "/reviews/{review_id}/response", operation_id = "respond_to_review", tag = "reviews",
    params(Target<ReviewId>),
    request_body = ResponseInput,
    responses((status = 201, description = "The review with the response", body = ReviewDto), Failures),
    security(("bearer" = []))
)]
pub async fn respond_to_review(
    on: Target<ReviewId>,
    Body(input): Body<ResponseInput>,
) -> Result<HttpResponse, Problem> {
    let now = review::respond(&on.state.ports, &on.actor, on.id, input.text, on.expected).await?;
    let body = ReviewDto::seen_by(&now, Some(&on.actor));
    Ok(etag::respond(
        &on.request,
        StatusCode::CREATED,
        now.version,
        &body,
    ))
}

impl From<RespondError> for Problem {
    fn from(error: RespondError) -> Self {
        match error {
            RespondError::NotFound => Self::not_found(),
            RespondError::Forbidden => Self::forbidden(),
            RespondError::Stale => Self::stale(),
            RespondError::Refused(error) => refused_review(error),
            RespondError::Store(error) => error.into(),
        }
    }
}
