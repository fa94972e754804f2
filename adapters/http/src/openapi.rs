//! The OpenAPI document, made from the code.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi as Document, OpenApiBuilder};
use utoipa::{Modify, OpenApi};

use crate::problem::{FieldProblem, Problem};
use crate::{auth, booking, health, payment, property, review, user};

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
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
        .description(Some("The backend of a vacation-rental marketplace."));
    let empty = OpenApiBuilder::new().info(info.build()).build();
    empty
        .merge_from(Shared::openapi())
        .merge_from(health::HealthApi::openapi())
        .merge_from(user::UserApi::openapi())
        .merge_from(auth::AuthApi::openapi())
        .nest("/v1", property::PropertyApi::openapi())
        .nest("/v1", booking::BookingApi::openapi())
        .nest("/v1", payment::PaymentApi::openapi())
        .nest("/v1", review::ReviewApi::openapi())
}

/// The document as text.
#[must_use]
pub fn openapi_json() -> String {
    openapi().to_pretty_json().unwrap_or_default()
}
