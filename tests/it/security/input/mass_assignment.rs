//! Mass assignment: fields that only the server sets.

use serde_json::{Map, Value, json};
use sojourn_tests::TestDatabase;

use crate::permissions::fingerprint::fingerprint;
use crate::permissions::fixture::{Marketplace, property_body};
use crate::permissions::request::request;
use crate::permissions::table::{Actor, Outcome, TABLE};

/// Fields that attackers add: ownership, status, price and role.
const SERVER_FIELDS: [&str; 30] = [
    "id",
    "host_id",
    "guest_id",
    "user_id",
    "reviewer_id",
    "status",
    "state",
    "role",
    "admin",
    "is_admin",
    "rating",
    "rating_count",
    "rating_sum",
    "email_verified",
    "password_hash",
    "suspended_at",
    "erased_at",
    "version",
    "total",
    "amount",
    "price",
    "lines",
    "refund",
    "refunded",
    "captured",
    "host_payout",
    "hold_expires_at",
    "published_at",
    "created_at",
    "updated_at",
];

/// Operations for which such a field is legitimate.
const LEGITIMATE: [(&str, &str); 6] = [
    ("create_review", "rating"),
    ("update_review", "rating"),
    ("change_account", "role"),
    ("refund_payment", "amount"),
    ("give_refund", "amount"),
    ("set_calendar", "price"),
];

/// An operation with a request body.
struct Operation {
    id: String,
    method: String,
    path: String,
}

fn operations_with_a_body(marketplace: &Marketplace) -> Vec<Operation> {
    let document = marketplace
        .server
        .client()
        .get("/openapi.json")
        .expect(200)
        .json();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["requestBody"].is_object() {
                let id = operation["operationId"].as_str().unwrap().to_owned();
                found.push(Operation {
                    id,
                    method: method.to_uppercase(),
                    path: path.clone(),
                });
            }
        }
    }
    found
}

/// Adds the server fields to every object of a body and records their pointers.
fn add_server_fields(
    operation: &str,
    pointer: &str,
    fields: &mut Map<String, Value>,
    intruders: &mut Vec<String>,
) {
    for (name, value) in fields.iter_mut() {
        if let Value::Object(inner) = value {
            add_server_fields(operation, &format!("{pointer}/{name}"), inner, intruders);
        }
    }
    for name in SERVER_FIELDS {
        // In nested objects only owner, status and version are tried, because amounts are legitimate there.
        let tried = pointer.is_empty() || ["host_id", "status", "version"].contains(&name);
        let meant = pointer.is_empty() && LEGITIMATE.contains(&(operation, name));
        if tried && !meant && !fields.contains_key(name) {
            fields.insert(name.to_owned(), json!("mine"));
            intruders.push(format!("{pointer}/{name}"));
        }
    }
}

fn body(
    marketplace: &Marketplace,
    operation: &Operation,
    actor: Actor,
) -> (String, Map<String, Value>) {
    let asked = request(marketplace, &operation.id, actor, &operation.path);
    let body = match operation.id.as_str() {
        "create_property" | "update_property" => Some(property_body("instant")),
        _ => asked.body,
    };
    let Value::Object(fields) = body.unwrap_or(json!({})) else {
        panic!("{} takes no object", operation.id)
    };
    (asked.path, fields)
}

/// The added fields that the operation did not reject.
fn problems_as(marketplace: &Marketplace, operation: &Operation, actor: Actor) -> Vec<String> {
    let (path, mut fields) = body(marketplace, operation, actor);
    let mut intruders = Vec::new();
    add_server_fields(&operation.id, "", &mut fields, &mut intruders);
    let headers = [("content-type", "application/json")];
    let text = Value::Object(fields).to_string();
    let answer = marketplace.client(&operation.id, actor).send(
        &operation.method,
        &path,
        &headers,
        Some(text),
    );
    let errors = answer.json()["errors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let refused = |pointer: &String| {
        errors
            .iter()
            .any(|it| it["pointer"] == pointer.as_str() && it["code"] == "unknown_field")
    };
    let accepted = intruders
        .iter()
        .filter(|pointer| answer.status != 422 || !refused(pointer));
    accepted
        .map(|it| format!("{} by {actor:?}: {it} ({})", operation.id, answer.status))
        .collect()
}

#[test]
fn server_fields_are_rejected_in_every_body() {
    let database = TestDatabase::sqlite();
    let marketplace = Marketplace::build(&database);
    let operations = operations_with_a_body(&marketplace);
    assert!(operations.len() > 25, "only {}", operations.len());
    let before = fingerprint(&database.url);
    let mut wrong = Vec::new();
    for operation in &operations {
        let row = TABLE
            .iter()
            .find(|row| row.operation == operation.id)
            .unwrap();
        let may: Vec<_> = Actor::ALL
            .into_iter()
            .filter(|&it| it != Actor::Suspended && row.outcome(it) == Outcome::May)
            .collect();
        assert!(!may.is_empty(), "nobody may {}", operation.id);
        wrong.extend(
            may.into_iter()
                .flat_map(|actor| problems_as(&marketplace, operation, actor)),
        );
    }
    assert!(wrong.is_empty(), "accepted:\n{}", wrong.join("\n"));
    for (table, rows) in fingerprint(&database.url) {
        assert!(before[&table] == rows, "{table} changed");
    }
}

#[test]
fn no_request_schema_has_server_fields() {
    let database = TestDatabase::sqlite();
    let server = sojourn_tests::Server::start(&database);
    let document = server.client().get("/openapi.json").expect(200).json();
    let mut found = Vec::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item
            .as_object()
            .unwrap()
            .values()
            .filter(|it| it["requestBody"].is_object())
        {
            let id = operation["operationId"].as_str().unwrap();
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let names = fields_of(&document, schema);
            assert!(!names.is_empty(), "{id} describes no field");
            found.extend(
                names
                    .into_iter()
                    .filter(|it| SERVER_FIELDS.contains(&it.as_str()))
                    .map(|it| (id.to_owned(), it)),
            );
        }
    }
    found.sort();
    let mut meant: Vec<_> = LEGITIMATE
        .iter()
        .map(|(id, name)| ((*id).to_owned(), (*name).to_owned()))
        .collect();
    meant.sort();
    assert_eq!(found, meant);
}

/// Field names of a schema, including references and composed schemas.
fn fields_of(document: &Value, schema: &Value) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return fields_of(
            document,
            document.pointer(reference.trim_start_matches('#')).unwrap(),
        );
    }
    let own = schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
        .cloned();
    let parts = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(|word| schema[word].as_array())
        .flatten();
    own.chain(parts.flat_map(|part| fields_of(document, part)))
        .collect()
}
