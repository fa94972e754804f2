//! `DELETE /reviews/{review_id}`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::review::{self, DeleteError};
use sojourn_domain::shared::ReviewId;

use crate::AppState;
use crate::extract::{Authenticated, Id, IfMatch};
use crate::problem::Problem;
use crate::property::Failures;

/// Its author takes it back while it is blind; an operator removes it at any time.
#[utoipa::path(
    delete, path = "/reviews/{review_id}", operation_id = "delete_review", tag = "reviews",
    params(("review_id" = String, Path, format = "uuid")),
    responses((status = 204, description = "Gone"), Failures),
    security(("bearer" = []))
)]
pub async fn delete_review(
    state: Data<AppState>,
    who: Authenticated,
    Id(id): Id<ReviewId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    review::delete(&state.ports, &who.actor, id, expected).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<DeleteError> for Problem {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::NotFound => Self::not_found(),
            DeleteError::Forbidden => Self::forbidden(),
            DeleteError::Stale => Self::stale(),
            DeleteError::Refused => Self::conflict("wrong_state", "a published review stays"),
            DeleteError::Store(error) => error.into(),
        }
    }
}
