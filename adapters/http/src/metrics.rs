//! Metrics on the server itself, in development only.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, ServiceConfig};

use crate::problem::Problem;
use crate::routing::resource;
use crate::state::AppState;

/// Content type of the text format of Prometheus.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Mounts `/metrics`, which is not found unless the observer shows its metrics here.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(resource("/metrics").get(metrics));
}

async fn metrics(state: Data<AppState>) -> Result<HttpResponse, Problem> {
    let text = state.observer.metrics().await;
    let text = text.ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, TEXT_FORMAT))
        .body(text))
}
