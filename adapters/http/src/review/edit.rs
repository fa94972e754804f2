//! `PATCH /reviews/{review_id}`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use sojourn_application::review::{self, EditError};
use sojourn_domain::shared::ReviewId;

use super::dto::ReviewDto;
use super::input::ReviewPatch;
use super::refused_review::refused_review;
use crate::etag;
use crate::extract::{Body, Target};
use crate::openapi::Failures;
use crate::problem::Problem;

/// Update a review
///
/// JSON Merge Patch, by the author until the review is published.
#[utoipa::path(
    patch, path = "/reviews/{review_id}", operation_id = "update_review", tag = "reviews",
    params(Target<ReviewId>),
    request_body = ReviewPatch,
    responses((status = 200, description = "The updated review", body = ReviewDto), Failures),
    security(("bearer" = []))
)]
pub async fn update_review(
    on: Target<ReviewId>,
    Body(patch): Body<ReviewPatch>,
) -> Result<HttpResponse, Problem> {
    let now = review::edit(
        &on.state.ports,
        &on.actor,
        on.id,
        &|text| patch.apply(text),
        on.expected,
    )
    .await?;
    let body = ReviewDto::seen_by(&now, Some(&on.actor));
    Ok(etag::respond(
        &on.request,
        StatusCode::OK,
        now.version,
        &body,
    ))
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound => Self::not_found(),
            EditError::Forbidden => Self::forbidden(),
            EditError::Stale => Self::stale(),
            EditError::Refused(error) => refused_review(error),
            EditError::Invalid(found) => Self::unprocessable(found),
            EditError::Store(error) => error.into(),
        }
    }
}
