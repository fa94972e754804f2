//! `POST /properties/{property_id}/quote`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::{QuoteDto, QuoteInput};
use crate::extract::{Body, Id, MaybeActor};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a quote
///
/// A booking with the token of the quote costs exactly what it states.
#[utoipa::path(
    post, path = "/v1/properties/{property_id}/quote", operation_id = "quote", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = QuoteInput,
    responses((status = 200, description = "The quote", body = QuoteDto), ProblemResponses),
    security((), ("bearer" = []))
)]
pub async fn quote(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
    input: Body<QuoteInput>,
) -> Result<HttpResponse, Problem> {
    let permission = property::permit_view(&state.ports, actor.as_ref(), id);
    let request = input.parse_after(permission, |it| it.parse()).await?;
    let sealed = property::quote(&state.ports, actor.as_ref(), id, request).await?;
    Ok(HttpResponse::Ok().json(QuoteDto::from(sealed)))
}
