//! `POST /properties/{property_id}/quote`.

use actix_web::HttpResponse;
use actix_web::web::Data;
use sojourn_application::property::{self, QuoteError};
use sojourn_domain::shared::PropertyId;

use super::dto::{QuoteDto, QuoteInput};
use crate::AppState;
use crate::extract::{Body, Id, MaybeActor};
use crate::openapi::ProblemResponses;
use crate::problem::Problem;
use crate::property::errors::{availability_problem, no_such_rate, price_problem};

/// Get a quote
///
/// A booking with the token of the quote costs exactly what it states.
#[utoipa::path(
    post, path = "/properties/{property_id}/quote", operation_id = "quote", tag = "properties",
    params(("property_id" = String, Path, format = "uuid")),
    request_body = QuoteInput,
    responses((status = 200, description = "The quote", body = QuoteDto), ProblemResponses),
    security((), ("bearer" = []))
)]
pub async fn quote(
    state: Data<AppState>,
    MaybeActor(actor): MaybeActor,
    Id(id): Id<PropertyId>,
    Body(input): Body<QuoteInput>,
) -> Result<HttpResponse, Problem> {
    let request = input.parse().map_err(Problem::unprocessable)?;
    let signed = property::quote(&state.ports, actor.as_ref(), id, request).await?;
    Ok(HttpResponse::Ok().json(QuoteDto::from(signed)))
}

impl From<QuoteError> for Problem {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::NotFound => Self::not_found(),
            QuoteError::Refused(refusals) => availability_problem(&refusals),
            QuoteError::NoSuchRate => no_such_rate(),
            QuoteError::Price(error) => price_problem(error),
            QuoteError::Store(error) => error.into(),
        }
    }
}
