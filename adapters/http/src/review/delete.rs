//! `DELETE /reviews/{review_id}`.

use actix_web::HttpResponse;
use sojourn_application::review::{self, DeleteError};
use sojourn_domain::shared::ReviewId;

use crate::extract::ResourceCommand;
use crate::openapi::ProblemResponses;
use crate::problem::Problem;

/// Delete a review
///
/// By its author until it is published, by an operator at any time.
#[utoipa::path(
    delete, path = "/reviews/{review_id}", operation_id = "delete_review", tag = "reviews",
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

impl From<DeleteError> for Problem {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::NotFound => Self::not_found(),
            DeleteError::Forbidden => Self::forbidden(),
            DeleteError::Stale => Self::stale(),
            DeleteError::Refused => Self::conflict(
                "wrong_state",
                "A published review cannot be deleted by its author.",
            ),
            DeleteError::Store(error) => error.into(),
        }
    }
}
