//! `PATCH /properties/{property_id}`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::property::{self, UpdateError};
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::failures::Failures;
use super::input::PropertyPatch;
use crate::AppState;
use crate::etag;
use crate::extract::{Authenticated, Body, Id, IfMatch};
use crate::problem::Problem;

/// Changes what the host tells (JSON Merge Patch). A listed property must stay complete.
#[utoipa::path(
    patch, path = "/properties/{property_id}", operation_id = "update_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = PropertyPatch,
    responses((status = 200, description = "The property as it is now", body = PropertyDto), Failures),
    security(("bearer" = []))
)]
pub async fn update_property(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    IfMatch(expected): IfMatch,
    Body(patch): Body<PropertyPatch>,
) -> Result<HttpResponse, Problem> {
    let now =
        property::update(&state.ports, &who.actor, id, &|details| patch.apply(details), expected).await?;
    Ok(etag::respond(&request, StatusCode::OK, now.version, &PropertyDto::new(&now, true)))
}

impl From<UpdateError> for Problem {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::NotFound => Self::not_found(),
            UpdateError::Forbidden => Self::forbidden(),
            UpdateError::Stale => Self::stale(),
            UpdateError::Invalid(found) => Self::unprocessable(found),
            UpdateError::Store(error) => error.into(),
        }
    }
}
