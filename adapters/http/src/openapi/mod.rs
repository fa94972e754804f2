//! The OpenAPI document, generated from the code.

mod admin_api;
mod conventions;
mod parameters;
mod rate_limits;
mod responses;

use conventions::Conventions;
pub(crate) use responses::ProblemResponses;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi as Document, OpenApiBuilder};
use utoipa::{Modify, OpenApi};

use crate::problem::{FieldProblem, Problem};
use crate::{auth, booking, health, payment, payout, property, review, user, well_known};

/// Description of the conventions of all operations.
const CONVENTIONS: &str = "The backend of a vacation-rental marketplace.

Bodies are JSON. Amounts of money are integers in minor units of their currency, dates are in the time zone of the \
property, and timestamps are in UTC. Errors are RFC 9457 problems with a stable `code`; 422 lists every invalid field in \
`errors`. A method that the path does not support returns 405 with the supported ones in `Allow`, a body of another type \
415, and an `Accept-Encoding` that excludes every available encoding 406.

A POST with an `Idempotency-Key` is executed once, however often it is sent (except below `/v1/auth`). Resources that can \
change carry an `ETag`: `If-None-Match` avoids downloading an unchanged resource again, and `If-Match` prevents overwriting \
a concurrent change. A PATCH is a JSON Merge Patch: absent fields stay unchanged, `null` clears a field. Lists are \
paginated: pass `next_cursor` as `cursor` to get the next page.

Requests beyond the rate limit return 429 with the number of seconds to wait in `Retry-After`. Every response below `/v1` \
states the quota in `RateLimit-Policy` and what remains of it in `RateLimit`.";

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

/// The OpenAPI document.
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
        .nest("/v1", admin_api::AdminApi::openapi());
    Conventions.modify(&mut document);
    document
}

/// The OpenAPI document as JSON.
#[must_use]
pub fn openapi_json() -> String {
    openapi().to_pretty_json().unwrap_or_default()
}
