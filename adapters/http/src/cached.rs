//! Cache of public responses, stored as bytes with their entity tags: a hit needs no query, no
//! serialization and no copy.

use std::future::Future;
use std::sync::Arc;

use actix_web::http::header::{
    CACHE_CONTROL, CACHE_STATUS, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use sojourn_application::ports::{CacheKey, Freshness};

use crate::etag::{client_has, tag_of};
use crate::problem::Problem;
use crate::server::AppState;

/// Maximum length of a name in the cache, in bytes.
const LONGEST_NAME: usize = 512;

/// Maximum length of an entity tag issued by this server, in bytes; cache entries begin with one.
const LONGEST_TAG: usize = 64;

/// Headers of public responses: shared caches may store them but must revalidate them, and requests
/// with a token get other responses.
const FOR_EVERYBODY: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_TYPE, HeaderValue::from_static("application/json")),
    (CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
    (VARY, HeaderValue::from_static("Authorization")),
];

/// Cache entry of a 200 response: entity tag, line feed, body. Lists have no version.
pub(crate) fn kept(version: Option<i64>, body: &impl Serialize) -> Result<Arc<[u8]>, Problem> {
    let json = serde_json::to_vec(body).map_err(|error| Problem::internal().caused_by(&error))?;
    let tag = tag_of(version, &json);
    Ok([tag.as_bytes(), b"\n", json.as_slice()].concat().into())
}

/// Cache name of a query, independent of the order of its parameters; `None` if it is too long.
pub(crate) fn name_of(path: &str, query: &str) -> Option<String> {
    if path.len() + query.len() > LONGEST_NAME {
        return None;
    }
    let mut parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    parameters.sort();
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    Some(format!("{path}?{query}")).filter(|name| name.len() <= LONGEST_NAME)
}

/// Responds from the cache, or makes and caches the response: 200, or 304 if the client has it. Without
/// a key the cache is bypassed. Problems are not cached.
pub(crate) async fn answer<F, M>(
    state: &AppState,
    request: &HttpRequest,
    key: Option<CacheKey>,
    make: F,
) -> Result<HttpResponse, Problem>
where
    F: Fn() -> M,
    M: Future<Output = Result<Arc<[u8]>, Problem>> + Send,
{
    let Some(key) = key else {
        return present(request, make().await?, None).ok_or_else(Problem::internal);
    };
    let (mut refused, making) = (None, make());
    let load = async { making.await.map_err(|problem| refused = Some(problem)).ok() };
    let (found, freshness) = state.ports.cache.get_or_load(key, Box::pin(load)).await;
    let Some(found) = found else {
        return Err(refused.unwrap_or_else(Problem::internal));
    };
    match present(request, found, Some(freshness)) {
        Some(response) => Ok(response),
        // A foreign cache entry: it is bypassed until it expires.
        None => {
            present(request, make().await?, Some(Freshness::Miss)).ok_or_else(Problem::internal)
        }
    }
}

/// Response of a cache entry; `None` if the entry does not have the format of [`kept`].
fn present(
    request: &HttpRequest,
    kept: Arc<[u8]>,
    freshness: Option<Freshness>,
) -> Option<HttpResponse> {
    let end = kept
        .iter()
        .take(LONGEST_TAG)
        .position(|&byte| byte == b'\n')?;
    let kept = Bytes::from_owner(kept);
    let tag = HeaderValue::from_maybe_shared(kept.slice(..end)).ok()?;
    let text = tag
        .to_str()
        .ok()
        .filter(|text| text.starts_with('"') && text.ends_with('"'))?;
    let known = client_has(request, text);
    let mut response = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    let fixed = FOR_EVERYBODY
        .into_iter()
        .filter(|(name, _)| !known || name != CONTENT_TYPE);
    fixed.for_each(|header| {
        response.insert_header(header);
    });
    if let Some(freshness) = freshness {
        response.insert_header((CACHE_STATUS, status(freshness)));
    }
    response.insert_header((ETAG, tag));
    Some(if known {
        response.finish()
    } else {
        response.body(kept.slice(end + 1..))
    })
}

/// Value of the `Cache-Status` header (RFC 9211).
const fn status(freshness: Freshness) -> HeaderValue {
    match freshness {
        Freshness::Hit => HeaderValue::from_static("sojourn; hit"),
        Freshness::Miss => HeaderValue::from_static("sojourn; fwd=miss"),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use actix_web::test::TestRequest;

    use super::*;

    fn said(response: &HttpResponse, name: HeaderName) -> Option<&str> {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    }

    #[tokio::test]
    async fn what_was_kept_is_given_again() {
        let kept = kept(Some(7), &["a"]).unwrap();
        let response = present(&TestRequest::get().to_http_request(), kept.clone(), None).unwrap();
        let tag = said(&response, ETAG).unwrap().to_owned();
        assert!(tag.starts_with("\"7-"), "{tag}");
        assert_eq!(said(&response, VARY), Some("Authorization"));
        assert_eq!(said(&response, CACHE_STATUS), None);
        assert_eq!(to_bytes(response.into_body()).await.unwrap(), r#"["a"]"#);

        let request = TestRequest::get()
            .insert_header(("if-none-match", tag.clone()))
            .to_http_request();
        let response = present(&request, kept, Some(Freshness::Hit)).unwrap();
        assert_eq!(response.status(), 304);
        assert_eq!(said(&response, ETAG), Some(tag.as_str()));
        assert_eq!(said(&response, CACHE_STATUS), Some("sojourn; hit"));
        assert_eq!(said(&response, CONTENT_TYPE), None);
    }

    #[test]
    fn garbage_is_no_answer() {
        let request = TestRequest::get().to_http_request();
        for garbage in ["", "{}", "\n{}", "7\n{}", "\"\u{7}\"\n{}", "\"7\r\"\n{}"] {
            assert!(
                present(&request, garbage.as_bytes().into(), None).is_none(),
                "{garbage:?}"
            );
        }
    }

    #[test]
    fn a_query_has_one_name() {
        let name = |query: &str| name_of("x", query).unwrap();
        assert_eq!(name("b=2&a=1"), "x?a=1&b=2");
        assert_eq!(name("a=%31&b=2"), name("b=2&a=1"));
        assert_ne!(name("a=1%26b=2"), name("a=1&b=2"));
        assert_eq!(name(""), "x?");
        assert_eq!(name_of("x", &"a".repeat(600)), None);
        assert_eq!(name_of("x", &"é".repeat(120)), None);
    }
}
