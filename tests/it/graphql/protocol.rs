//! GraphQL over HTTP: media types, statuses, errors, idempotency keys and persisted queries.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Server, TestDatabase};

use super::{code, data, send};

const GRAPHQL: &str = "application/graphql-response+json";

fn post(client: &Client, accept: &str, kind: &str, body: &str) -> Answer {
    let headers = [("accept", accept), ("content-type", kind)];
    client.send("POST", "/graphql", &headers, Some(body.to_owned()))
}

fn first_code(answer: &Answer) -> String {
    answer.at("/errors/0/extensions/code")
}

#[test]
fn statuses_and_media_types_are_those_of_the_specification() {
    let server = Server::start(&TestDatabase::sqlite());
    let client = server.client();
    let json = "application/json";
    for (accept, kind, body, status, code) in [
        (GRAPHQL, json, r#"{"query": "{ me { id } }"}"#, 200, ""),
        (json, json, r#"{"query": "{ me { id } }"}"#, 200, ""),
        (
            GRAPHQL,
            json,
            r#"{"query": "{ me { id }"}"#,
            400,
            "query_malformed",
        ),
        (
            json,
            json,
            r#"{"query": "{ me { id }"}"#,
            200,
            "query_malformed",
        ),
        (
            GRAPHQL,
            json,
            r#"{"query": "{ nothing }"}"#,
            400,
            "query_invalid",
        ),
        (
            json,
            json,
            r#"{"query": "{ nothing }"}"#,
            200,
            "query_invalid",
        ),
        (json, json, "{", 400, "malformed_request"),
        (json, json, r#"{"q": 1}"#, 400, "malformed_request"),
        (
            json,
            json,
            r#"[{"query": "{ me { id } }"}]"#,
            400,
            "malformed_request",
        ),
        (
            json,
            "multipart/form-data; boundary=a",
            "",
            415,
            "unsupported_media_type",
        ),
        (
            json,
            "text/plain",
            r#"{"query": "{ me { id } }"}"#,
            415,
            "unsupported_media_type",
        ),
        (
            "text/csv",
            json,
            r#"{"query": "{ me { id } }"}"#,
            406,
            "not_acceptable",
        ),
    ] {
        let answer = post(&client, accept, kind, body);
        assert_eq!(answer.status, status, "{accept} {body}: {}", answer.text);
        let sent = answer.header("content-type").unwrap();
        let wanted = if accept == GRAPHQL { GRAPHQL } else { json };
        assert_eq!(sent, format!("{wanted}; charset=utf-8"), "{body}");
        if code.is_empty() {
            assert_eq!(answer.json(), json!({"data": {"me": null}}), "{accept}");
        } else {
            assert_eq!(first_code(&answer), code, "{accept} {body}");
            assert!(answer.json().get("data").is_none(), "{}", answer.text);
        }
    }
}

#[test]
fn only_queries_are_sent_by_get() {
    let server = Server::start(&TestDatabase::sqlite());
    let client = server.client();
    let answer = client.get("/graphql?query=%7Bme%7Bid%7D%7D").expect(200);
    assert_eq!(answer.json(), json!({"data": {"me": null}}));
    let mutation = "mutation%7BlogOut%7Bdone%7D%7D";
    let answer = client
        .get(&format!("/graphql?query={mutation}"))
        .expect(405);
    assert_eq!(
        (answer.header("allow"), first_code(&answer)),
        (Some("POST"), "method_not_allowed".into())
    );
    for method in ["PUT", "DELETE", "PATCH"] {
        let answer = client.send(method, "/graphql", &[], None).expect(405);
        assert_eq!(answer.header("allow"), Some("GET, POST"));
    }
    assert_eq!(
        first_code(&client.get("/graphql").expect(400)),
        "malformed_request"
    );
}

#[test]
fn errors_have_the_codes_of_rest_and_the_path_of_what_is_wrong() {
    let server = Server::start(&TestDatabase::sqlite());
    let (client, host) = (server.client(), server.sign_up("hannah"));
    let page = "query($first: Int!, $after: String) { properties(first: $first, after: $after) { edges { cursor } } }";
    let answer = send(&client, page, &json!({"first": 101}))
        .expect(200)
        .json();
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(
        (&extensions["code"], &extensions["status"]),
        (&json!("validation_failed"), &json!(422))
    );
    assert_eq!(extensions["violations"][0]["path"], json!(["first"]));
    assert_eq!(
        code(&client, page, &json!({"first": 1, "after": "x"})),
        "cursor_invalid"
    );
    assert_eq!(code(&client, page, &json!({"first": "1"})), "query_invalid");
    assert_eq!(code(&client, page, &json!({})), "query_invalid");
    assert_eq!(
        code(&client, "{ properties { edges { cursor } } }", &json!({})),
        "query_invalid"
    );
    let draft =
        "mutation($input: PropertyInput!) { createProperty(input: $input) { property { id } } }";
    let input = json!({"maxGuests": 0, "stayRules": {"checkInFrom": "noon"}, "pricing": {"nightly": {"amount": 1, "currency": "XXQ"}}});
    assert_eq!(
        code(&client, draft, &json!({"input": input})),
        "token_missing"
    );
    let answer = send(&host, draft, &json!({"input": input}))
        .expect(200)
        .json();
    let violations = answer["errors"][0]["extensions"]["violations"]
        .as_array()
        .unwrap()
        .clone();
    let paths: Vec<_> = violations.iter().map(|it| it["path"].clone()).collect();
    for path in [
        json!(["maxGuests"]),
        json!(["stayRules", "checkInFrom"]),
        json!(["pricing", "nightly", "currency"]),
    ] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    assert_eq!(answer["errors"][0]["path"], json!(["createProperty"]));
    for wrong in [
        json!({"hostId": "x"}),
        json!({"title": 7}),
        json!({"roomType": "CELLAR"}),
    ] {
        assert_eq!(
            code(&host, draft, &json!({"input": wrong})),
            "query_invalid",
            "{wrong}"
        );
    }
    assert_eq!(
        code(&host, draft, &json!({"input": {"title": "a\u{0}b"}})),
        "validation_failed"
    );
    assert_eq!(
        code(&host, "{ cacheReport { backend } }", &json!({})),
        "forbidden"
    );
    let forged = client.with_token("a.b.c");
    let answer = send(&forged, "{ me { id } }", &json!({})).expect(401);
    assert_eq!(first_code(&answer), "token_invalid");
    assert!(answer.header("www-authenticate").is_some());
}

#[test]
fn denied_fields_are_in_the_audit_log() {
    let server = Server::start(&TestDatabase::sqlite());
    let (guest, operator) = (server.sign_up("gus"), server.operator());
    assert_eq!(
        code(
            &guest,
            "{ refunds(first: 1) { edges { cursor } } }",
            &json!({})
        ),
        "forbidden"
    );
    let log =
        "{ auditLog(first: 1, filter: {action: \"denied\"}) { edges { node { after actorId } } } }";
    let entry = &data(&operator, log, &json!({}))["auditLog"]["edges"][0]["node"];
    assert!(
        entry.to_string().contains("graphql query refunds"),
        "{entry}"
    );
}

const DRAFT: &str =
    "mutation($title: String) { createProperty(input: {title: $title}) { property { id } } }";

fn drafts(host: &Client) -> usize {
    let id = data(host, "{ me { id } }", &json!({}))["me"]["id"].clone();
    let own = "query($id: UUID!) { properties(first: 10, search: {hostId: $id}) { edges { node { id } } } }";
    let found = data(host, own, &json!({"id": id}));
    found["properties"]["edges"].as_array().unwrap().len()
}

#[test]
fn a_mutation_with_a_key_is_executed_once() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("hannah");
    let once = |body: &Value| host.post_once("/graphql", "k1", body).unwrap();
    let body = json!({"query": DRAFT, "variables": {"title": "A"}});
    let first = once(&body).expect(200);
    let again = once(&body).expect(200);
    assert_eq!(
        (&first.text, again.header("idempotency-replayed")),
        (&again.text, Some("true"))
    );
    assert_eq!(drafts(&host), 1);
    let other = once(&json!({"query": DRAFT, "variables": {"title": "B"}})).expect(422);
    assert_eq!(first_code(&other), "idempotency_key_reused");
    let two = "mutation { a: createProperty(input: {}) { property { id } } b: createProperty(input: {}) { property { id } } }";
    let answer = host
        .post_once("/graphql", "k2", &json!({"query": two}))
        .unwrap()
        .expect(422);
    assert_eq!(first_code(&answer), "idempotency_key_invalid");
    assert_eq!(drafts(&host), 1);
    let stranger = server.sign_up("gus");
    let answer = stranger
        .post_once("/graphql", "k1", &body)
        .unwrap()
        .expect(200);
    assert_ne!(answer.text, first.text);
}

#[test]
fn logging_in_with_a_key_gives_new_tokens_each_time() {
    let server = Server::start(&TestDatabase::sqlite());
    let member = server.sign_up_member("hannah");
    let login =
        "mutation($input: LogInInput!) { logIn(input: $input) { accessToken refreshToken } }";
    let input = json!({"email": member.email, "password": member.password});
    let body = json!({"query": login, "variables": {"input": input}});
    let once = || {
        server
            .client()
            .post_once("/graphql", "k", &body)
            .unwrap()
            .expect(200)
    };
    assert_ne!(
        once().at("/data/logIn/refreshToken"),
        once().at("/data/logIn/refreshToken")
    );
}

#[test]
fn cursors_belong_to_their_list_and_their_caller() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("hannah");
    for title in ["A", "B", "C"] {
        data(&host, DRAFT, &json!({"title": title}));
    }
    let id = data(&host, "{ me { id } }", &json!({}))["me"]["id"].clone();
    let own = "query($id: UUID, $first: Int!, $after: String) { properties(first: $first, after: $after, search: {hostId: $id}) {
        edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let page = |client: &Client, first: u32, after: Option<&str>| {
        data(
            client,
            own,
            &json!({"id": id, "first": first, "after": after}),
        )["properties"]
            .clone()
    };
    let titles = |page: &Value| -> Vec<String> {
        let edges = page["edges"].as_array().unwrap();
        edges
            .iter()
            .map(|it| it["node"]["title"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = page(&host, 10, None);
    let [a, b, c] = titles(&all).try_into().unwrap();
    assert_eq!(all["pageInfo"]["hasNextPage"], false);
    let first = page(&host, 2, None);
    assert_eq!(
        (titles(&first), &first["pageInfo"]["hasNextPage"]),
        (vec![a, b.clone()], &json!(true))
    );
    let second = page(&host, 2, first["pageInfo"]["endCursor"].as_str());
    assert_eq!(
        (titles(&second), &second["pageInfo"]["hasPreviousPage"]),
        (vec![c.clone()], &json!(true))
    );
    let middle = page(&host, 2, all["edges"][0]["cursor"].as_str());
    assert_eq!(titles(&middle), [b, c]);
    let end = page(&host, 2, all["pageInfo"]["endCursor"].as_str());
    assert_eq!(titles(&end), Vec::<String>::new());
    let cursor = first["pageInfo"]["endCursor"].clone();
    let stranger = server.sign_up("gus");
    let variables = json!({"id": id, "first": 2, "after": cursor});
    assert_eq!(code(&stranger, own, &variables), "cursor_invalid");
    assert_eq!(
        code(&host, own, &json!({"first": 2, "after": cursor})),
        "cursor_invalid"
    );
}

#[test]
fn persisted_queries_are_known_by_their_hash() {
    let server = Server::start(&TestDatabase::sqlite());
    let client = server.client();
    let hash = "5c3d3aa2c5c9cb1ee6ca2ed3bf6a84c8f3ed5bc4b1a1bb58e64b7fbb9e7bb4cd";
    let persisted = |hash: &str| json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
    let answer = client
        .post("/graphql", &json!({"extensions": persisted(hash)}))
        .expect(200);
    assert_eq!(answer.at("/errors/0/message"), "PersistedQueryNotFound");
    assert_eq!(first_code(&answer), "PERSISTED_QUERY_NOT_FOUND");
    let forged = json!({"query": "{ me { id } }", "extensions": persisted(hash)});
    assert_eq!(
        first_code(&client.post("/graphql", &forged).expect(400)),
        "malformed_request"
    );
}
