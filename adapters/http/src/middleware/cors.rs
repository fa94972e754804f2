//! Cross-origin resource sharing.

use std::collections::HashSet;

use actix_cors::Cors;
use actix_web::http::header::{CACHE_STATUS, ETAG, HeaderName, LINK, LOCATION, RETRY_AFTER};

use super::REQUEST_ID;
use super::kept_answers::REPLAYED;
use super::rate_limits::{RATE_LIMIT, RATE_LIMIT_POLICY};

/// Hosts of the machine itself, as they stand in an origin.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Middleware that allows requests from these origins; `*` allows all. Except in production, pages that the machine
/// itself serves over HTTP are allowed too, on any port. A refused origin is logged.
pub(crate) fn cors(origins: &[String], production: bool) -> Cors {
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
    let allowed: HashSet<String> = origins.iter().cloned().collect();
    base.allowed_origin_fn(move |origin, request| {
        let origin = origin.to_str().unwrap_or("");
        if allowed.contains(origin) || (!production && is_loopback(origin)) {
            return true;
        }
        tracing::info!(
            ?origin,
            path = request.uri.path(),
            "a page of this origin may not read the answer: it is not in SOJOURN_CORS_ORIGINS"
        );
        false
    })
}

/// True for an origin like `http://localhost:3000`.
fn is_loopback(origin: &str) -> bool {
    let Some(authority) = origin.strip_prefix("http://") else {
        return false;
    };
    LOOPBACK
        .iter()
        .any(|host| match authority.strip_prefix(host) {
            Some("") => true,
            Some(rest) => rest
                .strip_prefix(':')
                .is_some_and(|port| !port.starts_with('+') && port.parse::<u16>().is_ok()),
            None => false,
        })
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn origins_of_the_machine_itself_are_known_on_any_port() {
        for origin in [
            "http://localhost",
            "http://localhost:3000",
            "http://127.0.0.1:5173",
            "http://[::1]:8080",
        ] {
            assert!(is_loopback(origin), "{origin}");
        }
        for origin in [
            "null",
            "https://localhost",
            "http://localhost.evil.example",
            "http://localhost:3000.evil.example",
            "http://localhost@evil.example",
            "http://127.0.0.1.evil.example",
            "http://evil.example/localhost",
            "http://localhost:+80",
            "http://localhost:",
            "http://localhost:99999",
        ] {
            assert!(!is_loopback(origin), "{origin}");
        }
    }
}
