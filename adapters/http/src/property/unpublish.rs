//! `POST /properties/{property_id}/unpublish`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::PropertyDto;
use super::failures::Failures;
use crate::AppState;
use crate::etag;
use crate::extract::{Authenticated, Id, IfMatch};
use crate::problem::Problem;

/// Takes a property off. Its bookings stay.
#[utoipa::path(
    post, path = "/properties/{property_id}/unpublish", operation_id = "unpublish_property", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The unlisted property", body = PropertyDto), Failures),
    security(("bearer" = []))
)]
pub async fn unpublish_property(
    state: Data<AppState>,
    request: HttpRequest,
    who: Authenticated,
    Id(id): Id<PropertyId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse, Problem> {
    let now = property::unpublish(&state.ports, &who.actor, id, expected).await?;
    Ok(etag::respond(&request, StatusCode::OK, now.version, &PropertyDto::new(&now, true)))
}
