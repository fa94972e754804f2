//! `DELETE /reviews/{review_id}`.

use actix_web::HttpResponse;
use sojourn_application::review;
use sojourn_domain::shared::ReviewId;

use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Delete a review
///
/// By its author until it is published, by an operator at any time.
#[utoipa::path(
    delete, path = "/v1/reviews/{review_id}", operation_id = "delete_review", tag = "reviews",
    params(ResourceCommand<ReviewId>),
    responses((status = 204, description = "Review deleted"), ProblemResponses),
    security(("bearer" = []))
)]
pub async fn delete_review(command: ResourceCommand<ReviewId>) -> Result<HttpResponse, Problem> {
    review::delete(
        &command.state.ports,
        &command.actor,
        command.id,
        command.expected,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
