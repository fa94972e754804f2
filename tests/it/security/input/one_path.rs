//! A resource has one path: other spellings of it are refused, and policies hang on the operation.

use serde_json::json;
use sojourn_tests::{Answer, PASSWORD, Server, ServerOptions, TestDatabase};

use crate::security::support::operations::{Operation, operations};

/// The path with the first letter of a segment escaped.
fn escaped(path: &str, segment: usize) -> String {
    let mut segments: Vec<_> = path.split('/').map(str::to_owned).collect();
    let first = segments[segment].remove(0);
    segments[segment] = format!("%{:02x}{}", u32::from(first), segments[segment]);
    segments.join("/")
}

/// Other spellings of a path, all of which a lenient server takes for it.
fn spellings(path: &str) -> Vec<String> {
    let rest = path.trim_start_matches('/');
    let count = path.split('/').count();
    let mut found: Vec<_> = (1..count).map(|segment| escaped(path, segment)).collect();
    found.extend([
        format!("/{path}"),
        format!("{path}//"),
        format!("/.{path}"),
        format!("{path}/."),
        format!("/%2e/{rest}"),
        format!("/v1/..{path}"),
        format!("/v1/%2E%2e{path}"),
        format!("/%2f{rest}"),
        format!("{path};x=1"),
        format!("{path}%00"),
    ]);
    found.extend((count > 2).then(|| path.replacen("/v1/", "/v1//", 1)));
    found.extend((count > 2).then(|| path.replacen("/v1/", "/v1%2f", 1)));
    found.retain(|spelling| spelling != path);
    found
}

#[test]
fn other_spellings_of_a_path_are_not_found() {
    let server = Server::start(&TestDatabase::sqlite());
    let member = server.sign_up("anna");
    let operations = operations(&server);
    assert!(operations.len() > 60);
    for Operation { method, path, .. } in operations {
        for spelling in spellings(&path) {
            let answer = member
                .send(&method, &spelling, &[("idempotency-key", "k")], None)
                .expect(404);
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            if method != "HEAD" {
                answer.expect_problem(404, "not_found");
            }
        }
    }
    // Nothing was done, and nothing was stored.
    member.get("/v1/users/me").expect(200);
}

#[test]
fn other_spellings_store_no_answer_and_replay_no_code() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let member = server.sign_up_member("anna");
    let body = json!({"email": member.email, "password": PASSWORD});
    for path in ["/v1/%61uth/login", "/v1//auth/login", "//v1/auth/login"] {
        let answer = server.client().post_once(path, "k", &body).unwrap();
        answer.expect_problem(404, "not_found");
    }
    let keyed = server.client().post_once("/v1/auth/login", "k", &body);
    assert_eq!(
        keyed.unwrap().expect(200).header("idempotency-replayed"),
        None
    );
    let stored = database.lines("SELECT fingerprint AS line FROM idempotency_keys");
    assert!(stored.is_empty(), "{stored:?}");
}

#[test]
fn policies_apply_to_every_operation_with_and_without_a_trailing_slash() {
    let variables = [("SOJOURN_RATE_LIMITS", "on")];
    let options = ServerOptions {
        variables: &variables,
        ..ServerOptions::default()
    };
    let server = Server::with(&TestDatabase::sqlite(), options);
    let no_store = |answer: &Answer| answer.header("cache-control") == Some("no-store");
    for Operation { method, path, .. } in operations(&server) {
        let health = ["/livez", "/readyz"].contains(&path.as_str());
        for path in [path.clone(), format!("{path}/")] {
            let answer = server.client().send(&method, &path, &[], None);
            let limited = answer.header("ratelimit").is_some();
            assert_eq!(limited, !health, "{method} {path}: {answer:?}");
            let secret = path.starts_with("/v1/auth/");
            assert!(no_store(&answer) || !secret, "{method} {path}: {answer:?}");
        }
    }
    for path in ["/docs", "/docs/index.html", "/openapi.json", "/nothing"] {
        let answer = server.client().get(path);
        assert!(answer.header("ratelimit").is_some(), "{path}: {answer:?}");
    }
}
