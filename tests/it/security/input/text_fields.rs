//! Controls and bidirectional formatting in texts of users.

use serde_json::{Value, json};
use sojourn_tests::{Answer, TestDatabase};

use crate::permissions::fixture::{Marketplace, property_body};
use crate::permissions::request::request;
use crate::permissions::table::{Actor, Outcome, TABLE};
use crate::security::support::operations::{Field, Operation, operations};

/// Class of a text field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// One line, or a form of its own.
    Line,
    /// Several lines.
    Lines,
    /// A secret or an address that is compared as a whole, and never shown to others.
    Opaque,
}

/// All names of text fields in bodies; `0` is an item of a list.
const FIELDS: [(&str, Class); 39] = [
    ("0", Class::Line),
    ("booking_id", Class::Line),
    ("check_in", Class::Line),
    ("check_in_from", Class::Line),
    ("check_out", Class::Line),
    ("check_out_until", Class::Line),
    ("city", Class::Line),
    ("code", Class::Line),
    ("country", Class::Line),
    ("current_password", Class::Opaque),
    ("description", Class::Lines),
    ("email", Class::Opaque),
    ("first_name", Class::Line),
    ("from", Class::Line),
    ("house_rules", Class::Lines),
    ("last_name", Class::Line),
    ("line1", Class::Line),
    ("line2", Class::Line),
    ("locale", Class::Line),
    ("message", Class::Lines),
    ("name", Class::Line),
    ("new_email", Class::Opaque),
    ("new_password", Class::Opaque),
    ("note", Class::Lines),
    ("password", Class::Opaque),
    ("payment_method", Class::Line),
    ("phone", Class::Line),
    ("postal_code", Class::Line),
    ("private_note", Class::Lines),
    ("public_comment", Class::Lines),
    ("quote_token", Class::Opaque),
    ("reason", Class::Lines),
    ("refresh_token", Class::Opaque),
    ("region", Class::Line),
    ("text", Class::Lines),
    ("time_zone", Class::Line),
    ("title", Class::Line),
    ("token", Class::Opaque),
    ("totp", Class::Opaque),
];

/// Texts that no field of several lines takes.
const CONTROLS: [&str; 4] = ["a\u{7}b", "a\tb", "a\rb", "a\u{9b}b"];

/// Texts that no field of one line takes.
const LINES: [&str; 4] = ["a\nb", "a\r\nb", "a\u{2028}b", "a\u{202e}b"];

/// Sends a body that is valid but for one field; the path of the field may lead through absent objects.
fn send(marketplace: &Marketplace, operation: &Operation, field: &Field, text: &str) -> Answer {
    let row = TABLE.iter().find(|row| row.operation == operation.id);
    let permitted = |actor: &Actor| row.unwrap().outcome(*actor) == Outcome::May;
    // The guest of the fixture has reviewed the stay, the host has not.
    let actors = match operation.id.as_str() {
        "create_review" => [Actor::Host; 4],
        _ => [Actor::Guest, Actor::Host, Actor::Admin, Actor::Anonymous],
    };
    let actor = actors.into_iter().find(permitted).unwrap();
    let asked = request(marketplace, &operation.id, actor, &operation.template);
    let mut body = match operation.id.as_str() {
        "create_property" | "update_property" => property_body("instant"),
        _ => asked.body.unwrap_or(json!({})),
    };
    set(&mut body, &field.path, text);
    let json = [("content-type", "application/json")];
    let client = marketplace.client(&operation.id, actor);
    client.send(
        &operation.method,
        &asked.path,
        &json,
        Some(body.to_string()),
    )
}

fn set(body: &mut Value, path: &[String], text: &str) {
    match path.split_first() {
        None => *body = json!(text),
        Some((first, rest)) if first == "0" => {
            *body = json!([{}]);
            set(&mut body[0], rest, text);
            if body[0].is_object() {
                let tax = json!({"kind": "percent", "bps": 100});
                body[0]
                    .as_object_mut()
                    .unwrap()
                    .extend(tax.as_object().unwrap().clone());
            }
        }
        Some((first, rest)) => {
            if !body[first].is_object() && !body[first].is_array() {
                body[first] = json!({});
            }
            set(&mut body[first], rest, text);
        }
    }
}

/// True if the answer names the field among the wrong ones.
fn refuses(answer: &Answer, pointer: &str) -> bool {
    let errors = answer.json()["errors"].clone();
    let mut errors = errors.as_array().into_iter().flatten();
    answer.status == 422 && errors.any(|it| it["pointer"] == pointer)
}

fn class_of(field: &Field) -> Option<Class> {
    let name = field.path.last()?;
    FIELDS.iter().find(|it| it.0 == name).map(|it| it.1)
}

#[test]
fn controls_and_directions_are_refused_in_every_text_field() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for operation in operations(&marketplace.server) {
        for field in operation.fields.iter().filter(|it| it.is_free_text) {
            let pointer = format!("/{}", field.path.join("/"));
            let named = format!("{} {pointer}", operation.id);
            let Some(class) = class_of(field) else {
                wrong.push(format!("{named} has no class"));
                continue;
            };
            judged += 1;
            let refused = match class {
                Class::Opaque => Vec::new(),
                Class::Lines => CONTROLS.to_vec(),
                Class::Line => [CONTROLS, LINES].concat(),
            };
            for text in refused {
                let answer = send(&marketplace, &operation, field, text);
                if !refuses(&answer, &pointer) {
                    let (status, text) = (answer.status, format!("{text:?}"));
                    wrong.push(format!("{named} with {text}: {status} {}", answer.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(judged > 50, "{judged}");
}

#[test]
fn controls_and_directions_are_refused_in_every_parameter() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    let client = marketplace.client("list_accounts", Actor::Admin);
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for operation in operations(&marketplace.server) {
        // Health checks take any query.
        if operation.id == "readyz" {
            continue;
        }
        for name in &operation.text_parameters {
            for text in ["a%07b", "a%0Ab", "a%E2%80%AEb"] {
                let path = format!("{}?{name}={text}", operation.path);
                let answer = client.send(&operation.method, &path, &[], None);
                let refused = refuses(&answer, &format!("/{name}")) || answer.status == 404;
                judged += u32::from(refused);
                if !refused {
                    let (id, status) = (&operation.id, answer.status);
                    wrong.push(format!("{id} with {name}={text}: {status}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(judged > 50, "{judged}");
}
