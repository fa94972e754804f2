//! Cache of public responses.

use std::net::SocketAddr;
use std::sync::Arc;

use sojourn_application::ports::{MockQueries, Shelf, Topic};
use sojourn_domain::property::MockPropertyRepository;
use sojourn_domain::shared::Page;

use super::shelves::Shelves;
use super::{PROPERTY, body, get, header};
use crate::support::{PROBLEM, has, start_over};

/// A server with a cache, over mocks that expect one search and one query of reviews.
fn keeping() -> (SocketAddr, Arc<Shelves>) {
    let shelves = Arc::new(Shelves::default());
    let mut queries = MockQueries::new();
    queries.expect_search().times(1).returning(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: None,
        })
    });
    queries.expect_listed_count().returning(|_| Ok(1));
    queries.expect_reviews().times(1).returning(|_, _| {
        Ok(Page {
            data: Vec::new(),
            next: None,
        })
    });
    let cache = shelves.clone();
    let at = start_over(|state| {
        state.ports.cache = cache;
        state.ports.queries = Arc::new(queries);
    });
    (at, shelves)
}

#[test]
fn a_property_page_is_kept_for_those_without_a_name() {
    let (at, shelves) = keeping();
    let first = get(at, PROPERTY, "");
    has(
        &first,
        &[
            "200 OK",
            "cache-status: sojourn; fwd=miss",
            "cache-control: public, no-cache",
            "vary: Authorization",
        ],
    );
    let again = get(at, PROPERTY, "");
    has(
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
    has(
        &known,
        &[
            "304 ",
            "cache-status: sojourn; hit",
            &format!("etag: {tag}"),
        ],
    );
    assert_eq!(body(&known), "");
    let kept = shelves.kept();
    let [(Shelf::Properties, name, topics)] = kept.as_slice() else {
        panic!("{kept:?}")
    };
    assert!(PROPERTY.ends_with(name), "{name}");
    assert!(matches!(topics.as_slice(), [Topic::Property(id)] if id.to_string() == *name));
    let own = get(at, PROPERTY, "Authorization: Bearer host");
    has(&own, &["200 OK", "cache-control: no-store"]);
    assert_eq!(header(&own, "cache-status"), None);
}

#[test]
fn what_is_refused_is_not_kept() {
    let (shelves, mut properties) = (Arc::new(Shelves::default()), MockPropertyRepository::new());
    properties.expect_get().times(2).returning(|_| Ok(None));
    let cache = shelves.clone();
    let at = start_over(|state| {
        state.ports.cache = cache;
        state.ports.properties = Arc::new(properties);
    });
    // A missing resource is not cached: it may be created at any time.
    for path in [PROPERTY.to_owned(), format!("{PROPERTY}/reviews")] {
        let missing = get(at, &path, "");
        has(&missing, &["404 ", PROBLEM]);
        assert_eq!(header(&missing, "cache-status"), None);
    }
    has(
        &get(at, "/v1/users/00000000-0000-0000-0000-0000000000aa", ""),
        &["404 ", PROBLEM],
    );
    assert_eq!(shelves.kept(), []);
}

#[test]
fn of_an_account_what_everybody_may_know_is_kept() {
    let (at, shelves) = keeping();
    let host = "/v1/users/00000000-0000-0000-0000-000000000001";
    // The owner's request comes first and is not cached.
    has(
        &get(at, host, "Authorization: Bearer host"),
        &["200 OK", "host@mail.example", "no-store"],
    );
    assert_eq!(shelves.kept(), []);
    for status in [
        "cache-status: sojourn; fwd=miss",
        "cache-status: sojourn; hit",
    ] {
        let profile = get(at, host, "");
        has(&profile, &["200 OK", status, "vary: Authorization"]);
        assert!(!profile.contains("mail.example"), "{profile}");
    }
    assert!(
        matches!(shelves.kept().as_slice(), [(Shelf::Profiles, _, of)] if matches!(of.as_slice(), [Topic::Profile(_)]))
    );
    has(
        &get(at, host, "Authorization: Bearer guest"),
        &["200 OK", "no-store"],
    );
    has(&get(at, "/v1/users/me", ""), &["401 ", "token_missing"]);
}

#[test]
fn garbage_among_what_is_kept_is_passed_over() {
    let (at, shelves) = keeping();
    let first = get(at, PROPERTY, "");
    shelves.spoil();
    let again = get(at, PROPERTY, "");
    has(&again, &["200 OK", "cache-status: sojourn; fwd=miss"]);
    assert_eq!(body(&first), body(&again));
}

#[test]
fn lists_are_kept_by_their_query() {
    let (at, shelves) = keeping();
    let search = get(at, "/v1/properties?city=Lyon&limit=5", "");
    has(
        &search,
        &["200 OK", "cache-status: sojourn; fwd=miss", "etag: \"list-"],
    );
    let turned = get(at, "/v1/properties/?limit=5&city=Lyon", "");
    has(&turned, &["200 OK", "cache-status: sojourn; hit"]);
    assert_eq!(body(&search), body(&turned));
    // Authenticated callers get the same result, which shared caches must not store.
    let named = get(
        at,
        "/v1/properties?city=Lyon&limit=5",
        "Authorization: Bearer host",
    );
    has(
        &named,
        &[
            "200 OK",
            "cache-status: sojourn; hit",
            "cache-control: no-store",
        ],
    );
    has(
        &get(
            at,
            "/v1/properties?city=Lyon&limit=5",
            "Authorization: Bearer forged",
        ),
        &["401 "],
    );
    let reviews = format!("{PROPERTY}/reviews?limit=3");
    has(
        &get(at, &reviews, ""),
        &["200 OK", "cache-status: sojourn; fwd=miss"],
    );
    let again = get(at, &reviews, "");
    has(&again, &["200 OK", "cache-status: sojourn; hit"]);
    let tag = header(&again, "etag").unwrap();
    has(
        &get(at, &reviews, &format!("If-None-Match: {tag}")),
        &["304 ", "cache-status: sojourn; hit"],
    );
    let mut shelved: Vec<_> = shelves
        .kept()
        .into_iter()
        .map(|(shelf, ..)| shelf.as_str())
        .collect();
    shelved.sort_unstable();
    assert_eq!(shelved, ["reviews", "searches"]);
}

#[test]
fn a_hosts_own_search_is_kept_for_nobody() {
    let (at, shelves) = keeping();
    let own = "/v1/properties?host_id=00000000-0000-0000-0000-000000000001";
    let found = get(at, own, "Authorization: Bearer host");
    has(
        &found,
        &["200 OK", "cache-control: no-store", "etag: \"list-"],
    );
    assert_eq!(header(&found, "cache-status"), None);
    assert_eq!(shelves.kept(), []);
}

#[test]
fn a_search_too_long_to_be_kept_is_made() {
    let (at, shelves) = keeping();
    let found = get(
        at,
        &format!("/v1/properties?unknown={}", "x".repeat(600)),
        "",
    );
    has(&found, &["200 OK", "cache-control: public, no-cache"]);
    assert_eq!(header(&found, "cache-status"), None);
    assert_eq!(shelves.kept(), []);
}
