//! `PATCH /reviews/{review_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::review::{self, EditError};
use sojourn_domain::shared::ReviewId;

use super::dto::ReviewDto;
use super::input::ReviewPatch;
use super::refused_review::refused_review;
use crate::AppState;
use crate::etag;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::problem::Problem;
use crate::property::Failures;

/// Its author changes it while it is blind (JSON Merge Patch).
#[utoipa::path(
    patch, path = "/reviews/{review_id}", operation_id = "update_review", tag = "reviews",
    params(("review_id" = String, Path, format = "uuid")),
    request_body = ReviewPatch,
    responses((status = 200, description = "The review as it is now", body = ReviewDto), Failures),
    security(("bearer" = []))
)]
pub async fn update_review(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<ReviewId>,
    IfMatch(expected): IfMatch,
    Body(patch): Body<ReviewPatch>,
) -> Result<HttpResponse, Problem> {
    let now = review::edit(&state.ports, &who.actor, id, &|text| patch.apply(text), expected).await?;
    let body = ReviewDto::seen_by(&now, Some(&who.actor));
    Ok(etag::respond(&request, StatusCode::OK, now.version, &body))
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
