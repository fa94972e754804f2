//! The page at the root: what this server is, and where to go from here.

use actix_web::http::header::{ACCEPT, CONTENT_TYPE, VARY};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::routing::resource;
use crate::state::AppState;

const PAGE: &str = include_str!("front_page.html");

/// Line of the page about the GraphQL editor, where there is one.
const EDITOR: &str = "<li><a href=\"/graphql\">GraphQL</a>: an editor with examples</li>";

/// Mounts `/`.
pub fn routes(config: &mut ServiceConfig) {
    config.service(resource("/").get(front_page));
}

/// A page for browsers, and the same as JSON for all others.
async fn front_page(state: Data<AppState>, req: HttpRequest) -> HttpResponse {
    let interfaces = &state.interfaces;
    let mut response = HttpResponse::Ok();
    response.insert_header((VARY, "accept"));
    if accepts_html(&req) {
        let has_editor = interfaces.iter().any(|it| !it.pages.is_empty());
        let page = PAGE.replace("<!-- editor -->", if has_editor { EDITOR } else { "" });
        response.insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
        return response.body(page);
    }
    let paths: Vec<_> = interfaces.iter().map(|it| it.path).collect();
    response.json(json!({
        "name": "Sojourn",
        "version": env!("CARGO_PKG_VERSION"),
        "api": "/v1",
        "openapi": "/openapi.json",
        "docs": "/docs",
        "interfaces": paths,
        "health": {"live": "/livez", "ready": "/readyz"},
    }))
}

fn accepts_html(req: &HttpRequest) -> bool {
    let values = req.headers().get_all(ACCEPT);
    let mut texts = values.filter_map(|value| value.to_str().ok());
    texts.any(|text| text.to_ascii_lowercase().contains("text/html"))
}
