//! Admin operations.

use serde_json::Value;
use sojourn_http::openapi_json;

use crate::support::{PROBLEM, assert_contains, json, send, send_as, start};

const GUEST: &str = "/v1/admin/users/00000000-0000-0000-0000-000000000002";
const UNKNOWN_USER: &str = "/v1/admin/users/00000000-0000-0000-0000-00000000ffff";
const PROPERTY: &str = "/v1/admin/properties/00000000-0000-0000-0000-000000000003";
const BOOKING: &str = "/v1/admin/bookings/00000000-0000-0000-0000-000000000004";
const JOB: &str = "/v1/admin/jobs/00000000-0000-0000-0000-000000000008";
const REASON: &str = r#"{"reason": "Double bookings"}"#;

/// All admin operations, each with a valid body.
fn operations() -> Vec<(String, &'static str)> {
    let refund = r#"{"payment_id": "00000000-0000-0000-0000-000000000006",
        "amount": {"amount": 100, "currency": "USD"}, "reason": "A cold shower"}"#;
    let waiver = r#"{"currency": "USD", "reason": "A flooded town"}"#;
    let reads = [
        "users",
        "properties",
        "bookings",
        "reviews",
        "refunds",
        "audit-log",
        "cache",
        "ledger",
        "jobs",
    ];
    let reads = reads.map(|screen| (format!("GET /v1/admin/{screen}"), ""));
    let rest = [
        (format!("GET {GUEST}"), ""),
        (format!("PATCH {GUEST}"), r#"{"role": "admin"}"#),
        (format!("POST {GUEST}/suspend"), REASON),
        (format!("POST {GUEST}/reinstate"), REASON),
        (format!("POST {GUEST}/totp/reset"), REASON),
        (format!("POST {GUEST}/waive-debt"), waiver),
        (format!("POST {PROPERTY}/suspend"), REASON),
        (format!("POST {PROPERTY}/reinstate"), REASON),
        (format!("POST {BOOKING}/cancel"), REASON),
        ("POST /v1/admin/refunds".to_owned(), refund),
        (format!("POST {JOB}/retry"), REASON),
        (format!("POST {JOB}/discard"), REASON),
    ];
    reads.into_iter().chain(rest).collect()
}

#[test]
fn only_admins_are_allowed() {
    let at = start();
    for (line, body) in operations() {
        assert_contains(
            &send(at, &format!("{line} HTTP/1.1"), body),
            &["401 ", PROBLEM, "token_missing"],
        );
        for who in ["host", "guest", "stranger"] {
            assert_contains(
                &send_as(at, who, &line, body),
                &["403 ", PROBLEM, r#""code":"forbidden""#],
            );
        }
    }
}

#[test]
fn every_admin_operation_is_tested() {
    let document: Value = serde_json::from_str(&openapi_json()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let admin = paths
        .iter()
        .filter(|(path, _)| path.starts_with("/v1/admin/"));
    let count: usize = admin.map(|(_, item)| item.as_object().unwrap().len()).sum();
    assert_eq!(count, operations().len());
}

#[test]
fn every_invalid_field_is_named() {
    let at = start();
    let queries = [
        ("users?role=king&state=odd&limit=0", vec!["/role", "/state"]),
        (
            "properties?status=sold&host_id=x",
            vec!["/status", "/host_id"],
        ),
        (
            "bookings?user_id=x&status=y&property_id=z&from=a&to=b",
            vec!["/user_id", "/status", "/from", "/to"],
        ),
        ("refunds?limit=101", vec!["/limit"]),
        (
            "audit-log?actor_id=x&subject_kind=y&action=z&from=w",
            vec!["/actor_id", "/subject_id", "/action", "/from"],
        ),
    ];
    for (query, pointers) in queries {
        let answer = send_as(at, "admin", &format!("GET /v1/admin/{query}"), "");
        assert_contains(&answer, &["422 ", PROBLEM]);
        assert_contains(&answer, &pointers);
    }
    for line in [
        format!("{GUEST}/suspend"),
        format!("{PROPERTY}/suspend"),
        format!("{BOOKING}/cancel"),
    ] {
        let answer = send_as(
            at,
            "admin",
            &format!("POST {line}"),
            r#"{"reason": " ", "status": "x"}"#,
        );
        assert_contains(&answer, &["422 ", PROBLEM, r#""/status""#, "unknown_field"]);
        assert_contains(
            &send_as(at, "admin", &format!("POST {line}"), r#"{"reason": " "}"#),
            &["422 ", r#""/reason""#],
        );
        assert_contains(
            &send_as(at, "admin", &format!("POST {line}"), ""),
            &["415 ", PROBLEM],
        );
    }
    let refund = r#"{"payment_id": "x", "amount": {"amount": 1, "currency": "XXQ"}, "reason": "y", "by": 1}"#;
    assert_contains(
        &send_as(at, "admin", "POST /v1/admin/refunds", refund),
        &["422 ", r#""/by""#],
    );
    let refund =
        r#"{"payment_id": "x", "amount": {"amount": 1, "currency": "XXQ"}, "reason": "y"}"#;
    let answer = send_as(at, "admin", "POST /v1/admin/refunds", refund);
    assert_contains(
        &answer,
        &["422 ", r#""/payment_id""#, r#""/amount/currency""#],
    );
    let cancel = r#"{"reason": "x", "refund_bps": 10001}"#;
    assert_contains(
        &send_as(at, "admin", &format!("POST {BOOKING}/cancel"), cancel),
        &["422 ", r#""/refund_bps""#],
    );
}

#[test]
fn unknown_fields_are_refused() {
    let at = start();
    for field in [
        "id",
        "state",
        "email_verified",
        "suspended_at",
        "password",
        "rating",
        "version",
    ] {
        let answer = send_as(
            at,
            "admin",
            &format!("PATCH {GUEST}"),
            &format!(r#"{{"{field}": 1}}"#),
        );
        assert_contains(
            &answer,
            &["422 ", PROBLEM, &format!("\"/{field}\""), "unknown_field"],
        );
    }
    let cleared = send_as(
        at,
        "admin",
        &format!("PATCH {GUEST}"),
        r#"{"role": null, "email": null}"#,
    );
    assert_contains(&cleared, &["422 ", PROBLEM, r#""/role""#, r#""/email""#]);
    let oneself = "PATCH /v1/admin/users/00000000-0000-0000-0000-000000000009";
    assert_contains(
        &send_as(at, "admin", oneself, r#"{"role": "member"}"#),
        &["422 ", PROBLEM, r#""/role""#],
    );
}

#[test]
fn an_account_is_suspended_and_changed() {
    let at = start();
    let shown = send_as(at, "admin", &format!("GET {GUEST}"), "");
    assert_contains(&shown, &["200 OK", "etag: \"1-"]);
    let account = json(&shown);
    assert_eq!(
        (&account["state"], &account["email"]),
        (&"active".into(), &"guest@mail.example".into())
    );
    assert_eq!(
        (&account["suspended_at"], &account["erased_at"]),
        (&Value::Null, &Value::Null)
    );
    assert!(account.get("password_hash").is_none());
    let suspended = send_as(at, "admin", &format!("POST {GUEST}/suspend"), REASON);
    assert_contains(&suspended, &["200 OK", "etag: \"2-"]);
    assert_eq!(json(&suspended)["state"], "suspended");
    assert_eq!(json(&suspended)["suspended_at"], "1970-01-01T00:00:00Z");
    let changed = json(&send_as(
        at,
        "admin",
        &format!("PATCH {GUEST}"),
        r#"{"email": "new@mail.example"}"#,
    ));
    assert_eq!(
        (&changed["email"], &changed["state"]),
        (&"new@mail.example".into(), &"unverified".into())
    );
    let stale =
        format!("PATCH {GUEST} HTTP/1.1\r\nAuthorization: Bearer admin\r\nIf-Match: \"41\"");
    let stale = send(
        at,
        &format!("{stale}\r\nContent-Type: application/json"),
        r#"{"role": "admin"}"#,
    );
    assert_contains(&stale, &["412 ", PROBLEM, "precondition_failed"]);
    for (line, body) in [("GET", ""), ("PATCH", "{}")] {
        assert_contains(
            &send_as(at, "admin", &format!("{line} {UNKNOWN_USER}"), body),
            &["404 ", PROBLEM],
        );
    }
    assert_contains(
        &send_as(at, "admin", &format!("POST {UNKNOWN_USER}/suspend"), REASON),
        &["404 ", PROBLEM],
    );
}

#[test]
fn a_property_is_suspended_and_reinstated_once() {
    let at = start();
    let suspended = send_as(at, "admin", &format!("POST {PROPERTY}/suspend"), REASON);
    assert_contains(
        &suspended,
        &["200 OK", "etag: \"2-", r#""status":"suspended""#],
    );
    assert_contains(
        &send_as(at, "admin", &format!("POST {PROPERTY}/reinstate"), REASON),
        &["409 ", PROBLEM, "wrong_state"],
    );
}

#[test]
fn lists_show_the_stored_rows() {
    let at = start();
    let get = |screen: &str| {
        json(&send_as(
            at,
            "admin",
            &format!("GET /v1/admin/{screen}"),
            "",
        ))
    };
    assert_eq!(
        get("users?state=active&role=member")["data"]
            .as_array()
            .unwrap()
            .len(),
        4
    );
    let none = json(&send_as(
        at,
        "admin",
        "GET /v1/admin/properties?status=suspended",
        "",
    ));
    assert_eq!(
        (&none["data"], &none["next_cursor"]),
        (&serde_json::json!([]), &Value::Null)
    );
    assert_eq!(
        get("properties?status=listed")["data"][0]["host_id"],
        "00000000-0000-0000-0000-000000000001"
    );
    assert_eq!(
        get("bookings?status=confirmed")["data"][0]["guest"]["email"],
        "guest@mail.example"
    );
    let refund = &get("refunds")["data"][0];
    assert_eq!(
        (&refund["amount"]["amount"], &refund["borne_by"]),
        (&20_00.into(), &"host".into())
    );
    let line = &get("audit-log?action=property_suspended")["data"][0];
    assert_eq!(
        (&line["number"], &line["action"]),
        (&1.into(), &"property_suspended".into())
    );
    assert_eq!(
        (&line["address"], &line["subject"]["kind"]),
        (&"192.0.2.7".into(), &"property".into())
    );
    assert_eq!(
        (&line["before"], &line["after"]),
        (&"listed".into(), &"suspended: fraud".into())
    );
    assert_eq!(line["hash"].as_str().unwrap().len(), 64);
    let cache = get("cache");
    assert_eq!(
        (&cache["backend"], &cache["available"]),
        (&"none".into(), &true.into())
    );
}
