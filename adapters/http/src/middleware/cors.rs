//! Cross-origin resource sharing.

use actix_cors::Cors;
use actix_web::http::header::{CACHE_STATUS, ETAG, HeaderName, LINK, LOCATION, RETRY_AFTER};

use super::REQUEST_ID;
use super::kept_answers::REPLAYED;
use super::rate_limits::{RATE_LIMIT, RATE_LIMIT_POLICY};

/// Middleware that allows requests from these origins; `*` allows all.
pub(crate) fn cors(origins: &[String]) -> Cors {
    let exposed = [
        ETAG,
        LINK,
        LOCATION,
        RETRY_AFTER,
        CACHE_STATUS,
        HeaderName::from_static(REQUEST_ID),
        HeaderName::from_static(REPLAYED),
        HeaderName::from_static(RATE_LIMIT_POLICY),
        HeaderName::from_static(RATE_LIMIT),
    ];
    let base = Cors::default()
        .allow_any_method()
        .allow_any_header()
        .expose_headers(exposed)
        .max_age(3600);
    if origins.iter().any(|origin| origin == "*") {
        return base.allow_any_origin().send_wildcard();
    }
    origins
        .iter()
        .fold(base, |cors, origin| cors.allowed_origin(origin))
}
