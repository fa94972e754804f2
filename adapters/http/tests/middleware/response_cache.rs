//! Cache of public responses.

use std::net::SocketAddr;
use std::sync::Arc;

use sojourn_application::ports::{
    CacheNamespace, CacheTag, MockPropertyQueries, MockReviewQueries,
};
use sojourn_domain::property::MockPropertyRepository;
use sojourn_domain::shared::Page;

use super::inspectable_cache::InspectableCache;
use super::{PROPERTY, body, get, header};
use crate::support::{PROBLEM, assert_contains, start_with};

/// A server with a cache, over mocks that expect one search and one query of reviews.
fn with_cache() -> (SocketAddr, Arc<InspectableCache>) {
    let cache_contents = Arc::new(InspectableCache::default());
    let mut properties = MockPropertyQueries::new();
    properties.expect_search().times(1).returning(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: None,
        })
    });
    let mut reviews = MockReviewQueries::new();
    reviews.expect_reviews().times(1).returning(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: None,
        })
    });
    let cache = cache_contents.clone();
    let at = start_with(|state| {
        state.ports.cache = cache;
        state.ports.property_queries = Arc::new(properties);
        state.ports.review_queries = Arc::new(reviews);
    });
    (at, cache_contents)
}

#[test]
fn a_property_page_is_cached_for_anonymous_clients() {
    let (at, cache_contents) = with_cache();
    let first = get(at, PROPERTY, "");
    assert_contains(
        &first,
        &[
            "200 OK",
            "cache-status: sojourn; fwd=miss",
            "cache-control: public, no-cache",
            "vary: Authorization",
        ],
    );
    let again = get(at, PROPERTY, "");
    assert_contains(
        &again,
        &[
            "200 OK",
            "cache-status: sojourn; hit",
            "content-type: application/json",
        ],
    );
    assert_eq!(body(&first), body(&again));
    assert_eq!(header(&first, "etag"), header(&again, "etag"));
    let tag = header(&first, "etag").unwrap();
    let known = get(at, PROPERTY, &format!("If-None-Match: {tag}"));
    assert_contains(
        &known,
        &[
            "304 ",
            "cache-status: sojourn; hit",
            &format!("etag: {tag}"),
        ],
    );
    assert_eq!(body(&known), "");
    let kept = cache_contents.entries();
    let [(CacheNamespace::Properties, name, tags)] = kept.as_slice() else {
        panic!("{kept:?}")
    };
    assert!(PROPERTY.ends_with(name), "{name}");
    assert!(matches!(tags.as_slice(), [CacheTag::Property(id)] if id.to_string() == *name));
    let own = get(at, PROPERTY, "Authorization: Bearer host");
    assert_contains(&own, &["200 OK", "cache-control: no-store"]);
    assert_eq!(header(&own, "cache-status"), None);
}

#[test]
fn errors_are_not_cached() {
    let (cache_contents, mut properties) = (
        Arc::new(InspectableCache::default()),
        MockPropertyRepository::new(),
    );
    properties.expect_get().times(2).returning(|_| Ok(None));
    let cache = cache_contents.clone();
    let at = start_with(|state| {
        state.ports.cache = cache;
        state.ports.properties = Arc::new(properties);
    });
    // A missing resource is not cached: it may be created at any time.
    for path in [PROPERTY.to_owned(), format!("{PROPERTY}/reviews")] {
        let missing = get(at, &path, "");
        assert_contains(&missing, &["404 ", PROBLEM]);
        assert_eq!(header(&missing, "cache-status"), None);
    }
    assert_contains(
        &get(at, "/v1/users/00000000-0000-0000-0000-0000000000aa", ""),
        &["404 ", PROBLEM],
    );
    assert_eq!(cache_contents.entries(), []);
}

#[test]
fn public_profiles_are_cached() {
    let (at, cache_contents) = with_cache();
    let host = "/v1/users/00000000-0000-0000-0000-000000000001";
    // The owner's request comes first and is not cached.
    assert_contains(
        &get(at, host, "Authorization: Bearer host"),
        &["200 OK", "host@mail.example", "no-store"],
    );
    assert_eq!(cache_contents.entries(), []);
    for status in [
        "cache-status: sojourn; fwd=miss",
        "cache-status: sojourn; hit",
    ] {
        let profile = get(at, host, "");
        assert_contains(&profile, &["200 OK", status, "vary: Authorization"]);
        assert!(!profile.contains("mail.example"), "{profile}");
    }
    assert!(
        matches!(cache_contents.entries().as_slice(), [(CacheNamespace::Profiles, _, of)] if matches!(of.as_slice(), [CacheTag::Profile(_)]))
    );
    assert_contains(
        &get(at, host, "Authorization: Bearer guest"),
        &["200 OK", "no-store"],
    );
    assert_contains(&get(at, "/v1/users/me", ""), &["401 ", "token_missing"]);
}

#[test]
fn foreign_cache_entries_are_ignored() {
    let (at, cache_contents) = with_cache();
    let first = get(at, PROPERTY, "");
    cache_contents.corrupt();
    let again = get(at, PROPERTY, "");
    assert_contains(&again, &["200 OK", "cache-status: sojourn; fwd=miss"]);
    assert_eq!(body(&first), body(&again));
}

#[test]
fn lists_are_cached_by_query() {
    let (at, cache_contents) = with_cache();
    let search = get(at, "/v1/properties?city=Lyon&limit=5", "");
    assert_contains(
        &search,
        &["200 OK", "cache-status: sojourn; fwd=miss", "etag: \"list-"],
    );
    let turned = get(at, "/v1/properties/?limit=5&city=Lyon", "");
    assert_contains(&turned, &["200 OK", "cache-status: sojourn; hit"]);
    assert_eq!(body(&search), body(&turned));
    // Authenticated callers get the same result, which shared caches must not store.
    let named = get(
        at,
        "/v1/properties?city=Lyon&limit=5",
        "Authorization: Bearer host",
    );
    assert_contains(
        &named,
        &[
            "200 OK",
            "cache-status: sojourn; hit",
            "cache-control: no-store",
        ],
    );
    assert_contains(
        &get(
            at,
            "/v1/properties?city=Lyon&limit=5",
            "Authorization: Bearer forged",
        ),
        &["401 "],
    );
    let reviews = format!("{PROPERTY}/reviews?limit=3");
    assert_contains(
        &get(at, &reviews, ""),
        &["200 OK", "cache-status: sojourn; fwd=miss"],
    );
    let again = get(at, &reviews, "");
    assert_contains(&again, &["200 OK", "cache-status: sojourn; hit"]);
    let tag = header(&again, "etag").unwrap();
    assert_contains(
        &get(at, &reviews, &format!("If-None-Match: {tag}")),
        &["304 ", "cache-status: sojourn; hit"],
    );
    let mut namespaces: Vec<_> = cache_contents
        .entries()
        .into_iter()
        .map(|(namespace, ..)| namespace.as_str())
        .collect();
    namespaces.sort_unstable();
    assert_eq!(namespaces, ["reviews", "searches"]);
}

#[test]
fn a_hosts_own_search_is_not_cached() {
    let (at, cache_contents) = with_cache();
    let own = "/v1/properties?host_id=00000000-0000-0000-0000-000000000001";
    let found = get(at, own, "Authorization: Bearer host");
    assert_contains(
        &found,
        &["200 OK", "cache-control: no-store", "etag: \"list-"],
    );
    assert_eq!(header(&found, "cache-status"), None);
    assert_eq!(cache_contents.entries(), []);
}

#[test]
fn an_overlong_search_is_not_cached() {
    let (at, cache_contents) = with_cache();
    let found = get(
        at,
        &format!("/v1/properties?amenities={}", "x".repeat(600)),
        "",
    );
    assert_contains(&found, &["200 OK", "cache-control: public, no-cache"]);
    assert_eq!(header(&found, "cache-status"), None);
    assert_eq!(cache_contents.entries(), []);
}
