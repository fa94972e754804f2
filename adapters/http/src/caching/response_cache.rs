//! Cache of public responses, stored as bytes with their entity tags: a hit needs no query, no
//! serialization and no copy.

use std::future::Future;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CACHE_STATUS, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use sojourn_application::ports::{CacheKey, CacheStatus};
use sojourn_domain::shared::Actor;

use crate::etag::{self, known_tag, tag_of};
use crate::problem::Problem;
use crate::state::AppState;

/// Maximum length of a name in the cache, in bytes.
const MAX_KEY_LENGTH: usize = 512;

/// Maximum length of an entity tag issued by this server, in bytes; cache entries begin with one.
const MAX_ETAG_LENGTH: usize = 64;

/// Headers of public responses: shared caches may store them but must revalidate them, and requests
/// with a token get other responses.
const PUBLIC_HEADERS: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_TYPE, HeaderValue::from_static("application/json")),
    (CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
    (VARY, HeaderValue::from_static("Authorization")),
];

/// Cache entry of a 200 response: entity tag, line feed, body. Lists have no version.
pub(crate) fn serialize(version: Option<i64>, body: &impl Serialize) -> Result<Arc<[u8]>, Problem> {
    let json = serde_json::to_vec(body).map_err(|error| Problem::internal().caused_by(&error))?;
    let tag = tag_of(version, &json);
    Ok([tag.as_bytes(), b"\n", json.as_slice()].concat().into())
}

/// Cache name of a query, independent of the order of its parameters; `None` if it is too long.
pub(crate) fn canonical_query(path: &str, query: &str) -> Option<String> {
    if path.len() + query.len() > MAX_KEY_LENGTH {
        return None;
    }
    let mut parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    parameters.sort();
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    Some(format!("{path}?{query}")).filter(|name| name.len() <= MAX_KEY_LENGTH)
}

/// Responds to a read, whose answer is shared by all callers without a token: to these from the cache. What is found
/// has a version, unless it is a list.
pub(crate) async fn respond_shared<T, F, M>(
    state: &AppState,
    request: &HttpRequest,
    actor: Option<&Actor>,
    key: Option<CacheKey>,
    find: F,
) -> Result<HttpResponse, Problem>
where
    T: Serialize,
    F: Fn() -> M,
    M: Future<Output = Result<(Option<i64>, T), Problem>> + Send,
{
    if actor.is_none() {
        let load = || {
            let finding = find();
            async {
                let (version, found) = finding.await?;
                serialize(version, &found)
            }
        };
        return get_or_render(state, request, key, load).await;
    }
    Ok(match find().await? {
        (Some(version), found) => etag::respond(request, StatusCode::OK, version, &found),
        (None, found) => etag::respond_list(request, &found),
    })
}

/// Responds from the cache, or makes and caches the response: 200, or 304 if the client has it. Without
/// a key the cache is bypassed. Problems are not cached.
pub(crate) async fn get_or_render<F, M>(
    state: &AppState,
    request: &HttpRequest,
    key: Option<CacheKey>,
    load: F,
) -> Result<HttpResponse, Problem>
where
    F: Fn() -> M,
    M: Future<Output = Result<Arc<[u8]>, Problem>> + Send,
{
    let Some(key) = key else {
        return render(request, load().await?, None).ok_or_else(Problem::internal);
    };
    let mut refused = None;
    let loading = load();
    let cached = async {
        loading
            .await
            .map_err(|problem| refused = Some(problem))
            .ok()
    };
    let (found, cache_status) = state.ports.cache.get_or_load(key, Box::pin(cached)).await;
    let Some(found) = found else {
        return Err(refused.unwrap_or_else(Problem::internal));
    };
    match render(request, found, Some(cache_status)) {
        Some(response) => Ok(response),
        // A foreign cache entry: it is bypassed until it expires.
        None => {
            render(request, load().await?, Some(CacheStatus::Miss)).ok_or_else(Problem::internal)
        }
    }
}

/// Response of a cache entry; `None` if the entry does not have the format of [`serialize`].
fn render(
    request: &HttpRequest,
    kept: Arc<[u8]>,
    cache_status: Option<CacheStatus>,
) -> Option<HttpResponse> {
    let end = kept
        .iter()
        .take(MAX_ETAG_LENGTH)
        .position(|&byte| byte == b'\n')?;
    let kept = Bytes::from_owner(kept);
    let tag = HeaderValue::from_maybe_shared(kept.slice(..end)).ok()?;
    let text = tag
        .to_str()
        .ok()
        .filter(|text| text.starts_with('"') && text.ends_with('"'))?;
    let copy = known_tag(request, text);
    let known = copy.is_some();
    let mut response = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    let fixed = PUBLIC_HEADERS
        .into_iter()
        .filter(|(name, _)| !known || name != CONTENT_TYPE);
    fixed.for_each(|header| {
        response.insert_header(header);
    });
    if let Some(cache_status) = cache_status {
        response.insert_header((CACHE_STATUS, cache_status_header(cache_status)));
    }
    let copy = copy.and_then(|tag| HeaderValue::from_str(&tag).ok());
    response.insert_header((ETAG, copy.unwrap_or(tag)));
    Some(if known {
        response.finish()
    } else {
        response.body(kept.slice(end + 1..))
    })
}

/// Value of the `Cache-Status` header (RFC 9211).
const fn cache_status_header(cache_status: CacheStatus) -> HeaderValue {
    match cache_status {
        CacheStatus::Hit => HeaderValue::from_static("sojourn; hit"),
        CacheStatus::Miss => HeaderValue::from_static("sojourn; fwd=miss"),
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
        let kept = serialize(Some(7), &["a"]).unwrap();
        let response = render(&TestRequest::get().to_http_request(), kept.clone(), None).unwrap();
        let tag = said(&response, ETAG).unwrap().to_owned();
        assert!(tag.starts_with("\"7-"), "{tag}");
        assert_eq!(said(&response, VARY), Some("Authorization"));
        assert_eq!(said(&response, CACHE_STATUS), None);
        assert_eq!(to_bytes(response.into_body()).await.unwrap(), r#"["a"]"#);

        let request = TestRequest::get()
            .insert_header(("if-none-match", tag.clone()))
            .to_http_request();
        let response = render(&request, kept, Some(CacheStatus::Hit)).unwrap();
        assert_eq!(response.status(), 304);
        assert_eq!(said(&response, ETAG), Some(tag.as_str()));
        assert_eq!(said(&response, CACHE_STATUS), Some("sojourn; hit"));
        assert_eq!(said(&response, CONTENT_TYPE), None);
    }

    #[test]
    fn foreign_entries_are_not_rendered() {
        let request = TestRequest::get().to_http_request();
        for garbage in ["", "{}", "\n{}", "7\n{}", "\"\u{7}\"\n{}", "\"7\r\"\n{}"] {
            assert!(
                render(&request, garbage.as_bytes().into(), None).is_none(),
                "{garbage:?}"
            );
        }
    }

    #[test]
    fn equal_queries_have_one_key() {
        let name = |query: &str| canonical_query("x", query).unwrap();
        assert_eq!(name("b=2&a=1"), "x?a=1&b=2");
        assert_eq!(name("a=%31&b=2"), name("b=2&a=1"));
        assert_ne!(name("a=1%26b=2"), name("a=1&b=2"));
        assert_eq!(name(""), "x?");
        assert_eq!(canonical_query("x", &"a".repeat(600)), None);
        assert_eq!(canonical_query("x", &"é".repeat(120)), None);
    }
}
