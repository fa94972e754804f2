//! All operations, and the OpenAPI document that they make up.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi as Document, OpenApiBuilder};
use utoipa::{Modify, OpenApi};

use crate::openapi::{Conventions, finish};
use crate::operations::Operation;
use crate::problem::{FieldProblem, Problem};
use crate::{
    audit, auth, booking, caching, health, job, ledger, payment, payout, place, property, review,
    user, well_known, wishlist,
};

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

Requests beyond the rate limit return 429 with the number of seconds to wait in `Retry-After`. Every response but those \
about the health of the server states the quota in `RateLimit-Policy` and what remains of it in `RateLimit`.";

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

/// Groups of the document: name and description.
const TAGS: [(&str, &str); 10] = [
    ("users", "Accounts"),
    (
        "auth",
        "Sessions, one-time tokens, passwords and second factors",
    ),
    (
        "properties",
        "Properties with their details, calendars, prices and reviews",
    ),
    ("bookings", "Bookings, from the hold to the check-out"),
    ("payments", "Payments and refunds"),
    ("payouts", "Payouts, balances and statements of hosts"),
    ("reviews", "Double-blind reviews of properties and guests"),
    (
        "wishlists",
        "Named lists of properties, which may be shared",
    ),
    ("admin", "Operations that require the `admin` role"),
    ("health", "Health of the server, for monitors"),
];

/// All operations.
pub(crate) fn operations() -> Vec<Operation> {
    let nouns = [
        health::operations(),
        well_known::operations(),
        user::operations(),
        auth::operations(),
        property::operations(),
        place::operations(),
        booking::operations(),
        payment::operations(),
        payout::operations(),
        review::operations(),
        wishlist::operations(),
        ledger::operations(),
        audit::operations(),
        caching::operations(),
        job::operations(),
    ];
    nouns.into_iter().flatten().collect()
}

/// The operations as they describe themselves, with their common headers and answers.
fn openapi() -> Document {
    let info = InfoBuilder::new()
        .title("Sojourn")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(CONVENTIONS));
    let tag = |(name, text)| {
        let tag = TagBuilder::new().name(name).description(Some(text));
        tag.build()
    };
    let empty = OpenApiBuilder::new().info(info.build());
    let mut document = empty.build().merge_from(Shared::openapi());
    for operation in operations() {
        document.merge(operation.into_document());
    }
    document.tags = Some(TAGS.into_iter().map(tag).collect());
    Conventions.modify(&mut document);
    document
}

/// The OpenAPI document as JSON.
#[must_use]
pub fn openapi_json() -> String {
    let mut document = serde_json::to_value(openapi()).unwrap_or_default();
    finish(&mut document);
    serde_json::to_string_pretty(&document).unwrap_or_default()
}
