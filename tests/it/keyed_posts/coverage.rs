//! Every POST operation of the OpenAPI document is tested or exempt.

use std::collections::BTreeSet;

use serde_json::Value;

use super::cases::{EXEMPT, all};

#[test]
fn every_post_has_an_outcome_or_a_reason() {
    let document: Value = serde_json::from_str(&sojourn_http::openapi_json()).unwrap();
    let mut posts = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(operation) = item.get("post") else {
            continue;
        };
        let id = operation["operationId"].as_str().unwrap();
        posts.insert(id);
        let takes_key = operation["parameters"]
            .to_string()
            .contains("IdempotencyKey");
        assert_eq!(takes_key, !path.starts_with("/v1/auth/"), "{id}");
    }
    let tested: BTreeSet<&str> = all().map(|case| case.operation).collect();
    let exempt: BTreeSet<&str> = EXEMPT.iter().map(|(operation, _)| *operation).collect();
    assert!(tested.is_disjoint(&exempt));
    let listed: BTreeSet<&str> = tested.union(&exempt).copied().collect();
    let missing: Vec<_> = posts.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "POST operations without a case in tests/it/keyed_posts: {missing:?}"
    );
    let gone: Vec<_> = listed.difference(&posts).collect();
    assert!(gone.is_empty(), "cases without an operation: {gone:?}");
}
