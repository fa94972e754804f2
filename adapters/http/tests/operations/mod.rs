//! Conventions of the operations on bookings, payouts and the ledger.

use serde_json::Value;

use crate::support::{JSON, PROBLEM, assert_contains, json, send, send_as, start};

const BOOKING: &str = "/v1/bookings/00000000-0000-0000-0000-000000000004";
const NO_BOOKING: &str = "/v1/bookings/00000000-0000-0000-0000-00000000ffff";
const PROPERTY: &str = "/v1/properties/00000000-0000-0000-0000-000000000003";
const TRANSITIONS: [&str; 6] = [
    "/accept",
    "/decline",
    "/cancel",
    "/alteration/accept",
    "/alteration/decline",
    "/alteration/withdraw",
];
const LISTS: [&str; 4] = [
    "/v1/payouts",
    "/v1/payouts/balance",
    "/v1/payouts/statement",
    "/v1/admin/ledger",
];

#[test]
fn every_operation_needs_a_token() {
    let at = start();
    let posts = TRANSITIONS.map(|verb| format!("POST {BOOKING}{verb}"));
    let gets = LISTS.map(|path| format!("GET {path}"));
    for line in posts
        .into_iter()
        .chain(gets)
        .chain([format!("PATCH {BOOKING}")])
    {
        assert_contains(
            &send(at, &format!("{line} HTTP/1.1"), ""),
            &["401 ", PROBLEM, "www-authenticate: Bearer", "token_missing"],
        );
        assert_contains(
            &send_as(at, "forged", &line, ""),
            &["401 ", PROBLEM, "token_invalid"],
        );
    }
}

#[test]
fn missing_and_foreign_resources_look_alike() {
    let at = start();
    for verb in TRANSITIONS {
        for (who, path) in [
            ("guest", NO_BOOKING),
            ("guest", "/v1/bookings/none"),
            ("stranger", BOOKING),
        ] {
            assert_contains(
                &send_as(at, who, &format!("POST {path}{verb}"), ""),
                &["404 ", PROBLEM, r#""code":"not_found""#],
            );
        }
    }
    for (who, path) in [("guest", NO_BOOKING), ("stranger", BOOKING)] {
        assert_contains(
            &send_as(at, who, &format!("PATCH {path}"), "{}"),
            &["404 ", PROBLEM],
        );
    }
}

#[test]
fn the_wrong_role_is_forbidden() {
    let at = start();
    let wrong = [
        ("guest", "/accept"),
        ("guest", "/decline"),
        ("guest", "/alteration/accept"),
        ("guest", "/alteration/decline"),
        ("host", "/alteration/withdraw"),
    ];
    for (who, verb) in wrong {
        assert_contains(
            &send_as(at, who, &format!("POST {BOOKING}{verb}"), ""),
            &["403 ", PROBLEM, r#""code":"forbidden""#],
        );
    }
    for who in ["guest", "host"] {
        assert_contains(
            &send_as(at, who, "GET /v1/admin/ledger", ""),
            &["403 ", PROBLEM],
        );
    }
    assert_contains(
        &send_as(at, "host", &format!("POST {BOOKING}/accept"), ""),
        &["409 ", PROBLEM, "wrong_state"],
    );
    assert_contains(
        &send_as(at, "guest", &format!("PATCH {BOOKING}"), "{}"),
        &["422 ", PROBLEM, "nothing_to_alter"],
    );
    let later = r#"{"check_out": "1970-03-06"}"#;
    assert_contains(
        &send_as(at, "host", &format!("PATCH {BOOKING}"), later),
        &["409 ", PROBLEM, "alteration_pending"],
    );
}

#[test]
fn allowed_methods_are_named() {
    let at = start();
    for verb in TRANSITIONS {
        assert_contains(
            &send_as(at, "guest", &format!("GET {BOOKING}{verb}"), ""),
            &["405 ", PROBLEM, "allow: POST\r\n"],
        );
    }
    for path in LISTS {
        assert_contains(
            &send_as(at, "admin", &format!("POST {path}"), "{}"),
            &["405 ", PROBLEM, "allow: GET, HEAD\r\n"],
        );
    }
    assert_contains(
        &send_as(at, "guest", &format!("DELETE {BOOKING}"), ""),
        &["405 ", PROBLEM, "allow: GET, HEAD, PATCH\r\n"],
    );
}

#[test]
fn every_invalid_field_is_named() {
    let at = start();
    for (verb, who) in [("/cancel", "guest"), ("/decline", "host")] {
        let answer = send_as(
            at,
            who,
            &format!("POST {BOOKING}{verb}"),
            r#"{"reason": 1, "status": "confirmed"}"#,
        );
        assert_contains(
            &answer,
            &[
                "422 ",
                PROBLEM,
                r#""pointer":"/reason""#,
                r#""pointer":"/status""#,
                "unknown_field",
            ],
        );
        let text = format!(
            "POST {BOOKING}{verb} HTTP/1.1\r\nAuthorization: Bearer {who}\r\nContent-Type: text/plain"
        );
        assert_contains(&send(at, &text, "why"), &["415 ", PROBLEM]);
    }
    let body = r#"{"status": "confirmed", "total": 1, "guests": {"dogs": 1}}"#;
    let unknown = send_as(at, "guest", &format!("PATCH {BOOKING}"), body);
    assert_contains(
        &unknown,
        &[
            "422 ",
            PROBLEM,
            r#""/status""#,
            r#""/total""#,
            r#""/guests/dogs""#,
            "unknown_field",
        ],
    );
    let body = r#"{"check_in": null, "check_out": "soon", "guests": {"adults": 0}}"#;
    let wrong = send_as(at, "guest", &format!("PATCH {BOOKING}"), body);
    assert_contains(
        &wrong,
        &[
            "422 ",
            PROBLEM,
            r#""/check_in""#,
            r#""/check_out""#,
            r#""/guests/adults""#,
        ],
    );
    let payouts = send_as(at, "host", "GET /v1/payouts?status=lost&property_id=x", "");
    assert_contains(
        &payouts,
        &["422 ", PROBLEM, r#""/status""#, r#""/property_id""#],
    );
    let ledger = send_as(
        at,
        "admin",
        "GET /v1/admin/ledger?booking_id=x&host_id=y&currency=XXQ",
        "",
    );
    assert_contains(
        &ledger,
        &[
            "422 ",
            PROBLEM,
            r#""/booking_id""#,
            r#""/host_id""#,
            r#""/currency""#,
        ],
    );
    assert_contains(
        &send_as(at, "host", "GET /v1/payouts/statement?limit=0", ""),
        &["422 ", PROBLEM, r#""/limit""#],
    );
}

#[test]
fn a_repeated_transition_is_executed_once() {
    let at = start();
    for (number, verb) in TRANSITIONS.into_iter().enumerate() {
        let head = |who: &str| {
            format!(
                "POST {BOOKING}{verb} HTTP/1.1\r\nAuthorization: Bearer {who}\r\nIdempotency-Key: key-{number}"
            )
        };
        let (first, again) = (
            send(at, &head("stranger"), ""),
            send(at, &head("stranger"), ""),
        );
        assert!(!first.contains("idempotency-replayed: true"), "{first}");
        assert_contains(&again, &["404 ", PROBLEM, "idempotency-replayed: true"]);
        assert_eq!(json(&first), json(&again));
        let other = send(
            at,
            &format!("{}\r\n{JSON}", head("stranger")),
            r#"{"reason": "another"}"#,
        );
        assert_contains(&other, &["422 ", PROBLEM, "idempotency_key_reused"]);
    }
}

#[test]
fn a_stale_version_is_refused() {
    let at = start();
    let tags = ["\"41\"", "W/\"1\"", "x"];
    for (verb, tag) in TRANSITIONS
        .into_iter()
        .flat_map(|verb| tags.map(|tag| (verb, tag)))
    {
        let line = format!(
            "POST {BOOKING}{verb} HTTP/1.1\r\nAuthorization: Bearer host\r\nIf-Match: {tag}"
        );
        assert_contains(
            &send(at, &line, ""),
            &["412 ", PROBLEM, "precondition_failed"],
        );
    }
    let line = format!(
        "PATCH {BOOKING} HTTP/1.1\r\nAuthorization: Bearer host\r\nIf-Match: \"41\"\r\n{JSON}"
    );
    assert_contains(&send(at, &line, "{}"), &["412 ", PROBLEM]);
    assert_contains(&send(at, &line, "[]"), &["422 ", PROBLEM]);
}

#[test]
fn lists_show_the_stored_rows() {
    let at = start();
    let booking = json(&send_as(at, "guest", &format!("GET {BOOKING}"), ""));
    let asked = &booking["alteration"];
    assert_eq!(
        (&asked["by"], &asked["check_out"]),
        (&"guest".into(), &"1970-03-05".into())
    );
    assert_eq!(asked["total"]["amount"], 456_80);
    assert_eq!(asked["difference"]["amount"], 114_20);
    assert_contains(
        &send_as(at, "host", "GET /v1/payouts", ""),
        &["200 OK", r#"{"data":[],"next_cursor":null}"#],
    );
    assert_contains(
        &send_as(at, "host", "GET /v1/payouts/balance", ""),
        &["200 OK", r#"{"data":[]}"#],
    );
    let statement = json(&send_as(at, "host", "GET /v1/payouts/statement", ""));
    assert_eq!(statement["data"][0]["cause"], "sale");
    assert_eq!(statement["data"][0]["amount"]["amount"], 342_60);
    let ledger = json(&send_as(
        at,
        "admin",
        "GET /v1/admin/ledger?currency=USD",
        "",
    ));
    assert_eq!(
        ledger["data"][0]["postings"]["host_payable"]["amount"],
        -342_60
    );
    assert_eq!(
        ledger["balances"][0]["accounts"]["guest_receivable"]["amount"],
        342_60
    );
}

#[test]
fn a_quote_explains_its_price_on_request() {
    let at = start();
    let stay = "check_in=1970-03-01&check_out=1970-03-04&adults=2";
    let quote = json(&send(
        at,
        &format!("GET {PROPERTY}/quote?{stay}&why=true HTTP/1.1"),
        "",
    ));
    let why = quote["why"].as_array().unwrap();
    let line = |rule: &Value| {
        quote["lines"]
            .get(usize::try_from(rule["line"].as_u64()?).ok()?)
            .cloned()
    };
    assert!(
        why.iter()
            .any(|rule| rule["applied"] == true && line(rule).is_some()),
        "{quote}"
    );
    assert!(
        why.iter()
            .all(|rule| rule["rule"].is_string() && rule["because"].is_string()),
        "{quote}"
    );
    let body = r#"{"check_in": "1970-03-01", "check_out": "1970-03-04", "guests": {"adults": 2}, "why": true}"#;
    let posted = json(&send(
        at,
        &format!("POST {PROPERTY}/quote HTTP/1.1\r\n{JSON}"),
        body,
    ));
    assert_eq!(posted["why"], quote["why"]);
    let silent = json(&send(
        at,
        &format!("GET {PROPERTY}/quote?{stay} HTTP/1.1"),
        "",
    ));
    assert!(silent.get("why").is_none());
}

#[test]
fn a_refused_transition_names_the_status() {
    let at = start();
    let answer = send_as(at, "host", &format!("POST {PROPERTY}/publish"), "");
    assert_contains(
        &answer,
        &[
            "409 ",
            PROBLEM,
            "wrong_state",
            "This is not possible for a property with the status listed.",
        ],
    );
}
