//! `GET /properties/{property_id}/quote`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::property;
use sojourn_domain::shared::PropertyId;

use super::dto::{QuoteDto, QuoteParams};
use crate::extract::{Id, MaybeActor, Params};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::state::AppState;

/// Get a quote by query parameters
///
/// A booking with the token of the quote costs exactly what it states.
#[utoipa::path(
    get, path = "/v1/properties/{property_id}/quote", operation_id = "get_quote", tag = "properties",
    params(("property_id" = String, Path, format = "uuid"), QuoteParams),
    responses((status = 200, description = "The quote", body = QuoteDto), ProblemResponses),
    security((), ("bearer" = []))
)]
pub async fn get_quote(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
    params: Params<QuoteParams>,
) -> Result<HttpResponse, Problem> {
    let request = params.parse(|it| it.parse())?;
    let sealed = property::quote(&state.ports, actor.as_ref(), id, request).await?;
    Ok(HttpResponse::Ok().json(QuoteDto::from(sealed)))
}
