//! `POST /properties/{property_id}/publish`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::property::{self, PublishError};
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::failures::Failures;
use crate::AppState;
use crate::etag;
use crate::extract::{Authenticated, Id, IfMatch};
use crate::problem::Problem;

/// Puts a property up. What is missing for that is told all at once.
#[utoipa::path(
    post, path = "/properties/{property_id}/publish", operation_id = "publish_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The listed property", body = PropertyDto), Failures),
    security(("bearer" = []))
)]
pub async fn publish_property(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    let now = property::publish(&state.ports, &who.actor, id, expected).await?;
    Ok(etag::respond(&request, StatusCode::OK, now.version, &PropertyDto::new(&now, true)))
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::NotFound => Self::not_found(),
            PublishError::Forbidden => Self::forbidden(),
            PublishError::Stale => Self::stale(),
            PublishError::WrongState => {
                Self::new(StatusCode::CONFLICT, "wrong_state", "not from the state that the property is in")
            }
            PublishError::Invalid(found) => Self::unprocessable(found),
            PublishError::Store(error) => error.into(),
        }
    }
}
