//! Security headers and CORS.

use serde_json::json;
use sojourn_tests::{Answer, Client, Server, ServerOptions, TestDatabase, databases};

use crate::doctor::execute_sql;
use crate::security::support::fixtures::create_listing;

#[test]
fn cors_denies_unknown_origins() {
    let database = TestDatabase::sqlite();
    let variables = [(
        "SOJOURN_CORS_ORIGINS",
        "https://app.example,https://admin.example",
    )];
    let open = Server::with(
        &database,
        ServerOptions {
            variables: &variables,
            ..ServerOptions::default()
        },
    );
    let closed = Server::start(&database);
    let asked_by = |server: &Server, origin: &str, method: &str| {
        let wanted = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            (
                "access-control-request-headers",
                "authorization,content-type",
            ),
        ];
        server
            .client()
            .send(method, "/v1/properties/", &wanted, None)
    };
    let allows = |answer: &Answer| {
        answer
            .header("access-control-allow-origin")
            .map(str::to_owned)
    };
    for method in ["GET", "OPTIONS"] {
        let known = asked_by(&open, "https://app.example", method).expect(200);
        assert_eq!(allows(&known).as_deref(), Some("https://app.example"));
        assert!(
            known
                .header("vary")
                .unwrap()
                .to_lowercase()
                .contains("origin"),
            "{known:?}"
        );
        assert_eq!(known.header("access-control-allow-credentials"), None);
        let near = [
            "https://app.example.evil.example",
            "http://app.example",
            "https://app.example:8443",
            "null",
        ];
        for origin in near.into_iter().chain(["https://evil.example"]) {
            let stranger = asked_by(&open, origin, method);
            assert_eq!(allows(&stranger), None, "{method} from {origin}");
            assert!(stranger.header("x-content-type-options").is_some() && stranger.status < 500);
        }
        assert_eq!(
            allows(&asked_by(&closed, "https://app.example", method)),
            None,
            "{method} without a list"
        );
    }
}

/// True if an answer has all security headers.
fn has_security_headers(answer: &Answer, production: bool) {
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ];
    for (name, value) in fixed {
        assert_eq!(answer.header(name), Some(value), "{answer:?}");
    }
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{answer:?}"
    );
    assert!(
        answer
            .header("x-request-id")
            .is_some_and(|id| !id.is_empty()),
        "{answer:?}"
    );
    assert_eq!(
        answer.header("strict-transport-security").is_some(),
        production,
        "{answer:?}"
    );
    for name in ["server", "x-powered-by", "via"] {
        assert_eq!(answer.header(name), None, "{answer:?}");
    }
}

/// One answer of each kind.
fn one_answer_of_each_kind(server: &Server, host: &Client) -> Vec<Answer> {
    let (anonymous, json) = (server.client(), [("content-type", "application/json")]);
    let draft = host
        .post("/v1/properties/", &json!({"title": "Cabin"}))
        .expect(201);
    let path = format!("/v1/properties/{}", draft.at("/id"));
    let etag = host.get(&path).header("etag").unwrap().to_owned();
    let stale = [json[0], ("if-match", "\"99-x\"")];
    vec![
        anonymous.get("/livez").expect(200),
        anonymous.get("/docs/").expect(200),
        anonymous.get("/openapi.json").expect(200),
        anonymous.get("/.well-known/jwks.json").expect(200),
        anonymous.get("/v1/properties/").expect(200),
        anonymous
            .post(
                "/v1/auth/password/forgot",
                &json!({"email": "zoe@test.example"}),
            )
            .expect(202),
        host.get_if_none_match(&path, &etag).expect(304),
        anonymous
            .send("POST", "/v1/auth/login", &json, Some("{".into()))
            .expect(400),
        anonymous.get("/v1/bookings/").expect(401),
        host.get("/v1/users/").expect(403),
        anonymous.get("/nowhere").expect(404),
        anonymous.get("/docs/nowhere").expect(404),
        anonymous.delete("/v1/users/").expect(405),
        host.post(&format!("{path}/unpublish"), &json!(null))
            .expect(409),
        host.send("PATCH", &path, &stale, Some("{}".into()))
            .expect(412),
        anonymous
            .send(
                "POST",
                "/v1/auth/login",
                &[("content-type", "text/plain")],
                Some("x".into()),
            )
            .expect(415),
        anonymous.post("/v1/auth/login", &json!({})).expect(422),
        host.delete(&path).expect(204),
        draft,
    ]
}

#[test]
fn every_response_has_security_headers() {
    let secret = ("SOJOURN_SECRET", "Qm4nB7cL1zT5yR9wE3uI6oPakJ8s0Xv2");
    for production in [false, true] {
        let database = TestDatabase::sqlite();
        let environment = (
            "SOJOURN_ENV",
            if production {
                "production"
            } else {
                "development"
            },
        );
        let variables = [environment, secret];
        let server = Server::with(
            &database,
            ServerOptions {
                variables: &variables,
                ..ServerOptions::default()
            },
        );
        let host = server.sign_up("host");
        for answer in one_answer_of_each_kind(&server, &host) {
            has_security_headers(&answer, production);
        }
    }
}

#[test]
fn internal_errors_reveal_no_details() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let property = create_listing(&host, "instant");
        execute_sql(&database, "ALTER TABLE properties RENAME TO mislaid");
        let asked = [
            server.client().get(&format!("/v1/properties/{property}")),
            server.client().get("/v1/properties/?city=Albany&q=lake"),
            host.patch(
                &format!("/v1/properties/{property}"),
                &json!({"title": "Castle"}),
            ),
            host.post("/v1/properties/", &json!({"title": "Castle"})),
        ];
        execute_sql(&database, "ALTER TABLE mislaid RENAME TO properties");
        for answer in asked {
            assert!(
                matches!(answer.status, 500 | 503),
                "{} on {}",
                answer.text,
                database.name
            );
            assert!(answer.json()["code"].is_string() && answer.json()["request_id"].is_string());
            has_security_headers(&answer, false);
            let said = answer.text.to_lowercase();
            for word in [
                "table", "relation", "mislaid", "sql", "diesel", "select", "insert", "postgres",
                ".rs",
            ] {
                assert!(!said.contains(word), "{word} in {said}");
            }
        }
        assert_eq!(
            server
                .client()
                .get(&format!("/v1/properties/{property}"))
                .expect(200)
                .at("/title"),
            "Cabin"
        );
    }
}
