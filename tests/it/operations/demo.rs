//! `sojourn demo`, in a process of its own.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sojourn_domain::booking::BookingStatus;
use sojourn_tests::Client;

use crate::security::support::process::Program;

const PASSWORD: &str = "lantern by the harbour";
const ADVANCE: &str = "/demo/clock/advance";

fn logged_in(url: &str, name: &str) -> Client {
    let email = format!("{name}@demo.example");
    let login = json!({"email": email, "password": PASSWORD});
    let answer = Client::new(url).post("/v1/auth/login", &login).expect(200);
    Client::new(url).with_token(answer.at("/access_token"))
}

/// The bookings of the caller as a guest or host.
fn bookings(client: &Client, role: &str) -> Vec<Value> {
    let path = format!("/v1/bookings?limit=100&role={role}");
    let page = client.get(&path).expect(200).json();
    page["data"].as_array().unwrap().clone()
}

fn statuses(bookings: &[Value]) -> BTreeSet<&str> {
    let all = bookings.iter().map(|it| it["status"].as_str().unwrap());
    all.collect()
}

#[test]
fn the_demo_has_a_booking_in_each_status_and_a_clock_that_moves() {
    let mut demo = Program::run(&["demo", "--clock"], &[]);
    let url = demo.url();
    let visitor = Client::new(&url);
    let guest = logged_in(&url, "guest");
    let made = bookings(&guest, "guest");
    let all = BookingStatus::ALL.iter().map(|status| status.as_str());
    assert_eq!(statuses(&made), all.collect());
    let has = |what: &dyn Fn(&&Value) -> bool| made.iter().any(|it| what(&it));
    assert!(has(&|it| it["alteration"].is_object()));
    let host = logged_in(&url, "host");
    assert!(statuses(&bookings(&host, "host")).contains("awaiting_host"));

    for (body, status) in [
        (json!({"by": "two days"}), 422),
        (json!({"by": "400d"}), 422),
        (json!({"to": "2020-01-01T00:00:00Z"}), 422),
        (json!({"by": "1d", "at": 1}), 422),
    ] {
        let refused = visitor.post(ADVANCE, &body);
        refused.expect_problem(status, "validation_failed");
    }
    let wrong = visitor
        .get(ADVANCE)
        .expect_problem(405, "method_not_allowed");
    assert_eq!(wrong.header("allow"), Some("POST"));

    visitor.post(ADVANCE, &json!({"by": "1d 1h"})).expect(200);
    let later = logged_in(&url, "guest");
    let left = bookings(&later, "guest");
    for status in ["awaiting_host", "pending_payment"] {
        assert!(!statuses(&left).contains(status), "{status}");
    }
    assert!(left.iter().all(|it| it["alteration"].is_null()));
    visitor.post(ADVANCE, &json!({"by": "10d"})).expect(200);
    let later = logged_in(&url, "guest");
    assert!(!statuses(&bookings(&later, "guest")).contains("checked_in"));

    let found = logged_in(&url, "admin")
        .get("/v1/admin/properties?limit=1")
        .expect(200);
    assert!(found.json()["next_cursor"].is_string());
    let data = demo.folder.join("demo");
    let database = format!("sqlite://{}", data.join("demo.db").display());
    let variables = [
        ("SOJOURN_DATA_DIR", data.to_str().unwrap()),
        ("DATABASE_URL", database.as_str()),
    ];
    let doctor = Program::run(&["doctor"], &variables).end();
    assert_eq!(doctor.code, Some(0), "{}{}", doctor.said, doctor.log);
}

#[test]
fn the_clock_of_a_server_does_not_move() {
    for arguments in [["demo"], ["serve"]] {
        let mut program = Program::run(&arguments, &[]);
        let visitor = Client::new(&program.url());
        visitor.post(ADVANCE, &json!({"by": "1d"})).expect(404);
    }
}

/// An operation as the page `/docs` fills it in: required parameters alone, with the values of the demo.
fn filled_in(document: &Value, known: &Value, id: &str) -> (String, String, Option<Value>) {
    let items = document["paths"].as_object().unwrap().iter();
    let mut operations = items.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, it)| (path, method, it))
    });
    let (template, method, operation) = operations
        .find(|(_, _, it)| it["operationId"] == id)
        .unwrap();
    let value = |name: &str, example: &Value| match (&known[id][name], &known["*"][name]) {
        (Value::Null, Value::Null) => example.clone(),
        (Value::Null, common) => common.clone(),
        (own, _) => own.clone(),
    };
    let (mut path, mut query) = (template.clone(), Vec::new());
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        if parameter["required"] != true {
            continue;
        }
        let value = value(name, &parameter["example"]);
        let value = match &value {
            Value::String(text) => text.clone(),
            Value::Array(items) => items
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(","),
            other => other.to_string(),
        };
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &value),
            _ => query.push(format!("{name}={value}")),
        }
    }
    let example = &operation["requestBody"]["content"]["application/json"]["example"];
    let body = example.as_object().map(|fields| {
        let is_omitted = |name: &str| known[id].get(name).is_some_and(Value::is_null);
        let fields = fields.iter().filter(|(name, _)| !is_omitted(name));
        fields
            .map(|(name, it)| (name.clone(), value(name, it)))
            .collect()
    });
    (
        method.to_uppercase(),
        format!("{path}?{}", query.join("&")),
        body,
    )
}

#[test]
fn the_examples_of_the_document_work_in_the_demo() {
    let mut demo = Program::run(&["demo"], &[]);
    let url = demo.url();
    let visitor = Client::new(&url);
    let document = visitor.get("/openapi.json").expect(200).json();
    let known = visitor.get("/docs/examples.json").expect(200).json();
    let [guest, host, admin] = ["guest", "host", "admin"].map(|name| logged_in(&url, name));
    let send = |client: &Client, id: &str| {
        let (method, path, body) = filled_in(&document, &known, id);
        let headers = [("content-type", "application/json")];
        let body = body.map(|it| it.to_string());
        let answer = client.send(&method, &path, &headers, body);
        assert!(
            answer.status < 300,
            "{id}: {method} {path}: {}",
            answer.text
        );
    };
    let public = [
        "search_properties",
        "get_property",
        "get_calendar",
        "quote",
        "get_quote",
        "list_property_reviews",
        "get_review",
        "get_user",
    ];
    for id in public {
        send(&visitor, id);
    }
    let of_guest = [
        "list_bookings",
        "get_booking",
        "preview_cancellation",
        "list_payments",
        "get_payment",
        "list_sessions",
        "preview_alteration",
        "update_booking",
        "create_booking",
        "create_payment",
        "create_review",
        "update_user",
        "get_me",
        "update_me",
        "cancel_booking",
    ];
    for id in of_guest {
        send(&guest, id);
    }
    for id in [
        "accept_booking",
        "create_property",
        "update_property",
        "set_calendar",
        "list_calendars",
        "list_payouts",
    ] {
        send(&host, id);
    }
    for id in ["list_accounts", "list_audit_log", "list_jobs", "get_ledger"] {
        send(&admin, id);
    }
    let mut serve = Program::run(&["serve"], &[]);
    Client::new(&serve.url())
        .get("/docs/examples.json")
        .expect(404);
}
