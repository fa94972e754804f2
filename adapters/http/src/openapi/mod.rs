//! The OpenAPI document, made from the code.

mod conventions;
mod failures;
mod parameters;
mod rate_limits;

use conventions::Conventions;
pub(crate) use failures::Failures;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi as Document, OpenApiBuilder};
use utoipa::{Modify, OpenApi};

use crate::problem::{FieldProblem, Problem};
use crate::{admin, auth, booking, health, payment, payout, property, review, user, well_known};

/// What holds for every operation, in words.
const CONVENTIONS: &str = "The backend of a vacation-rental marketplace.

Bodies are JSON; money is counted in minor units of its currency, dates are those of the property's place, instants are UTC. \
A path that is asked by a method it does not have answers 405 and names those it has in `Allow`; a body of another type \
answers 415, an `Accept-Encoding` that refuses everything 406. Everything that is refused is an RFC 9457 problem with a \
stable `code`; 422 names every wrong field at once.

A POST with an `Idempotency-Key` (but for those of `/v1/auth`) is done once, however often it is sent. What can change carries an `ETag`: \
`If-None-Match` spares reading it again, `If-Match` keeps a change from undoing another's. A PATCH is a JSON Merge \
Patch: what is absent stays, `null` clears. Lists come in pages; `next_cursor` goes into `cursor` of the next.

Whoever asks too often is answered 429 and told in `Retry-After` when to come again. Every answer below `/v1` says in \
`RateLimit` what is left of the quota that `RateLimit-Policy` names.";

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        document
            .components
            .get_or_insert_with(|| ComponentsBuilder::new().build())
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

#[derive(OpenApi)]
#[openapi(modifiers(&Bearer), components(schemas(Problem, FieldProblem)))]
struct Shared;

/// The document.
#[must_use]
pub fn openapi() -> Document {
    let info = InfoBuilder::new()
        .title("Sojourn")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(CONVENTIONS));
    let empty = OpenApiBuilder::new().info(info.build()).build();
    let mut document = empty
        .merge_from(Shared::openapi())
        .merge_from(health::HealthApi::openapi())
        .merge_from(well_known::WellKnownApi::openapi())
        .merge_from(user::UserApi::openapi())
        .merge_from(auth::AuthApi::openapi())
        .nest("/v1", property::PropertyApi::openapi())
        .nest("/v1", booking::BookingApi::openapi())
        .nest("/v1", payment::PaymentApi::openapi())
        .nest("/v1", payout::PayoutApi::openapi())
        .nest("/v1", review::ReviewApi::openapi())
        .nest("/v1", admin::AdminApi::openapi());
    Conventions.modify(&mut document);
    document
}

/// The document as text.
#[must_use]
pub fn openapi_json() -> String {
    openapi().to_pretty_json().unwrap_or_default()
}
