//! The OpenAPI document and its web page.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::web::{Bytes, ServiceConfig};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::api::openapi_json;
use crate::routing::resource;

/// Rendered once for all workers.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(openapi_json()));

/// Mounts `/openapi.json` and `/docs`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/openapi.json").get(document))
        .service(resource("/docs").get(redirect_to_ui))
        .service(SwaggerUi::new("/docs/{_:.*}").config(Config::from("/openapi.json")));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .body(DOCUMENT.clone())
}

async fn redirect_to_ui() -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((LOCATION, "/docs/index.html"))
        .finish()
}
