//! Responses to creations.

use std::fmt::Display;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::etag;

/// 201 with the new resource and its `Location`.
pub fn created(
    request: &HttpRequest,
    folder: &str,
    id: &impl Display,
    version: i64,
    body: &impl Serialize,
) -> HttpResponse {
    let mut response = etag::respond(request, StatusCode::CREATED, version, body);
    if let Ok(place) = HeaderValue::from_str(&format!("{folder}/{id}")) {
        response.headers_mut().insert(LOCATION, place);
    }
    response
}
