//! One path for each resource.

use actix_web::dev::ServiceRequest;
use actix_web::http::Uri;
use actix_web::http::uri::PathAndQuery;

use crate::problem::Problem;

/// Removes one trailing slash from the path of a request, before anything reads it.
///
/// # Errors
/// 404 for a path that is not in normal form (RFC 3986, section 6.2): paths of this server contain
/// unreserved characters only, so that escapes, empty segments, and the segments `.` and `..` are
/// other spellings of a path, or of none.
pub(super) fn canonicalize(req: &mut ServiceRequest) -> Result<(), Problem> {
    let path = req.path();
    let trimmed = match path.strip_suffix('/') {
        Some(trimmed) if trimmed.len() > 1 => trimmed,
        _ => path,
    };
    if !is_canonical(trimmed) {
        return Err(Problem::not_found());
    }
    if trimmed.len() < path.len() {
        let uri = with_path(req.uri(), trimmed).ok_or_else(Problem::not_found)?;
        req.match_info_mut().get_mut().update(&uri);
        req.head_mut().uri = uri;
    }
    Ok(())
}

fn is_canonical(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else {
        return false;
    };
    rest.is_empty() || rest.split('/').all(is_canonical_segment)
}

fn is_canonical_segment(segment: &str) -> bool {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    !matches!(segment, "" | "." | "..") && segment.bytes().all(is_unreserved)
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    let path_and_query = match uri.query() {
        Some(query) => PathAndQuery::try_from(format!("{path}?{query}")),
        None => PathAndQuery::try_from(path),
    };
    parts.path_and_query = Some(path_and_query.ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn canonical(path: &str) -> Option<String> {
        let mut req = TestRequest::with_uri(path).to_srv_request();
        let done = canonicalize(&mut req);
        let matched = req.match_info().as_str() == req.path();
        done.ok()
            .filter(|()| matched)
            .map(|()| req.uri().to_string())
    }

    #[test]
    fn one_trailing_slash_is_removed() {
        let cases = [
            ("/", "/"),
            ("/v1/bookings", "/v1/bookings"),
            ("/v1/bookings/", "/v1/bookings"),
            ("/v1/bookings/?a=%2F/../b", "/v1/bookings?a=%2F/../b"),
            ("/.well-known/jwks.json", "/.well-known/jwks.json"),
        ];
        for (path, expected) in cases {
            assert_eq!(canonical(path).as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        let paths = [
            "/%761/properties",
            "/v1/%61uth/login",
            "//v1/auth/login",
            "/v1//auth/login",
            "/v1/auth/login//",
            "/v1/./auth/login",
            "/v1/users/../auth/login",
            "/v1/auth/login/..",
            "/v1/auth/login/.",
            "/v1/auth%2Flogin",
            "/v1/auth/%2e%2e/auth/login",
            "/v1/auth/login;a=1",
            "/v1/properties/%00",
            "//",
        ];
        for path in paths {
            assert_eq!(canonical(path), None, "{path}");
        }
    }
}
