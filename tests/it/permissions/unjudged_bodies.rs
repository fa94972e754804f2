//! A caller without the permission of an operation is told so whatever the body is.

use serde_json::{Value, json};
use sojourn_tests::TestDatabase;

use super::fixture::Marketplace;
use super::request::request;
use super::table::{Actor, Outcome, TABLE};

/// An absent body, one without fields, JSON that breaks off, and a value of the wrong type.
const BODIES: [Option<&str>; 4] = [None, Some("{}"), Some("{\"reason\": "), Some("[17]")];

/// Operations of the document that take a body, with method and path.
fn operations_with_body(marketplace: &Marketplace) -> Vec<(String, String, String)> {
    let document = marketplace.server.client().get("/openapi.json");
    let document = document.expect(200).json();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let (Value::String(id), Value::Object(_)) =
                (&operation["operationId"], &operation["requestBody"])
            {
                all.push((id.clone(), method.to_uppercase(), path.clone()));
            }
        }
    }
    all
}

#[test]
fn missing_permission_comes_before_an_invalid_body() {
    let database = TestDatabase::sqlite();
    let marketplace = Marketplace::build(&database);
    let operations = operations_with_body(&marketplace);
    assert!(operations.len() > 25, "{operations:?}");
    let mut wrong = Vec::new();
    for (operation, method, path) in &operations {
        let row = TABLE.iter().find(|row| row.operation == operation).unwrap();
        for actor in Actor::ALL {
            let Outcome::Denied(status) = row.outcome(actor) else {
                continue;
            };
            // The booking whose role is in question, and one's own password, stand in the body itself.
            let by_body = [
                "create_booking",
                "create_payment",
                "create_review",
                "log_in",
            ];
            if by_body.contains(&operation.as_str()) && (status != 401 || operation == "log_in") {
                continue;
            }
            let path = request(&marketplace, operation, actor, path).path;
            let client = marketplace.client(operation, actor);
            for body in BODIES {
                let json = [("content-type", "application/json")];
                let answer = client.send(method, &path, &json, body.map(str::to_owned));
                if answer.status != status {
                    let text: String = answer.text.chars().take(200).collect();
                    wrong.push(format!(
                        "{operation} by {actor:?} with {body:?}: {} instead of {status}: {text}",
                        answer.status
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A guest may cancel, but not set the refund, whatever it is.
    let path = format!("/v1/bookings/{}/cancel", marketplace.resource("held"));
    let guest = marketplace.client("cancel_booking", Actor::Guest);
    for share in [5_000, 99_999] {
        guest
            .post(&path, &json!({ "refund_bps": share }))
            .expect(403);
    }
}

#[test]
fn missing_permission_comes_before_an_unknown_parameter() {
    let database = TestDatabase::sqlite();
    let marketplace = Marketplace::build(&database);
    let document = marketplace.server.client().get("/openapi.json");
    let document = document.expect(200).json();
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            let Some(row) = TABLE.iter().find(|row| row.operation == id) else {
                continue;
            };
            // Without security, the parameter is judged at once; roles in the body are those of its booking.
            let open = operation["security"].as_array().is_none_or(|all| {
                all.is_empty()
                    || all
                        .iter()
                        .any(|it| it.as_object().is_none_or(serde_json::Map::is_empty))
            });
            if open || method == "get" {
                continue;
            }
            for actor in Actor::ALL {
                let Outcome::Denied(status) = row.outcome(actor) else {
                    continue;
                };
                let by_body = ["create_booking", "create_payment", "create_review"];
                if by_body.contains(&id) && status != 401 {
                    continue;
                }
                let request = request(&marketplace, id, actor, path);
                let client = marketplace.client(id, actor);
                let json = [("content-type", "application/json")];
                let body = request.body.map(|body| body.to_string());
                let path = format!("{}?nothing=1", request.path);
                let answer = client.send(&method.to_uppercase(), &path, &json, body);
                asked += 1;
                if answer.status != status {
                    wrong.push(format!(
                        "{id} by {actor:?}: {} instead of {status}",
                        answer.status
                    ));
                }
            }
        }
    }
    assert!(asked > 100, "{asked}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
