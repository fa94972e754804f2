//! `POST /reviews/{review_id}/response`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use sojourn_application::review::{self, RespondError};
use sojourn_domain::shared::ReviewId;
use utoipa::ToSchema;

use super::dto::ReviewDto;
use super::refused_review::refused_review;
use crate::AppState;
use crate::etag;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::problem::Problem;
use crate::property::Failures;

/// A public answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseInput {
    /// What it says.
    #[schema(min_length = 1, max_length = 5000)]
    text: String,
}

/// The one reviewed answers in public, once.
#[utoipa::path(
    post, path = "/reviews/{review_id}/response", operation_id = "respond_to_review", tag = "reviews",
    params(("review_id" = String, Path, format = "uuid")),
    request_body = ResponseInput,
    responses((status = 201, description = "The review with the answer", body = ReviewDto), Failures),
    security(("bearer" = []))
)]
pub async fn respond_to_review(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<ReviewId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<ResponseInput>,
) -> Result<HttpResponse, Problem> {
    let now = review::respond(&state.ports, &who.actor, id, input.text, expected).await?;
    let body = ReviewDto::seen_by(&now, Some(&who.actor));
    Ok(etag::respond(&request, StatusCode::CREATED, now.version, &body))
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
