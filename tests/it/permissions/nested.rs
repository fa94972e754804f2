//! Fields that are reached through other resources show no more than REST shows of these resources.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sojourn_tests::{Client, TestDatabase};

use super::fixture::{Marketplace, stay_body};
use super::table::Actor;
use crate::graphql::{data, send};

const TYPES: &str = "{ __schema { types { kind name fields { name args { name type { kind } } type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// Bookings of the fixture: in each status, and at a property each.
const BOOKINGS: [&str; 9] = [
    "held",
    "confirmed",
    "awaiting",
    "proposed",
    "arrivable",
    "arrived",
    "over",
    "reviewed",
    "broken",
];

/// The levels of a selection.
const DEPTH: usize = 4;

/// The words of private values. Each is shown by REST to some.
struct Private(Vec<String>);

/// The schema, for selections of all that a type has.
struct Schema(Value);

impl Schema {
    fn type_of<'a>(&'a self, of: &'a Value) -> &'a Value {
        if of["ofType"].is_object() {
            return self.type_of(&of["ofType"]);
        }
        let mut types = self.0.as_array().unwrap().iter();
        types.find(|it| it["name"] == of["name"]).unwrap()
    }

    /// Every field of a type to this depth, the first two items of each list.
    fn selection(&self, name: &str, depth: usize) -> String {
        let of = self.type_of(&json!({"name": name})).clone();
        let mut parts = Vec::new();
        for field in of["fields"].as_array().unwrap() {
            let required = |it: &&Value| it["type"]["kind"] == "NON_NULL";
            let args: Vec<_> = field["args"]
                .as_array()
                .unwrap()
                .iter()
                .filter(required)
                .collect();
            let args = match args.as_slice() {
                [] => "",
                [one] if one["name"] == "first" => "(first: 2)",
                _ => panic!("{field} has arguments that this test does not know"),
            };
            let (name, inner) = (
                field["name"].as_str().unwrap(),
                self.type_of(&field["type"]),
            );
            if inner["kind"] != "OBJECT" {
                parts.push(format!("{name}{args}"));
            } else if depth > 0 {
                // Pages count as the level of their items.
                let type_name = inner["name"].as_str().unwrap();
                let is_page = ["Connection", "Edge"]
                    .iter()
                    .any(|it| type_name.ends_with(it));
                let inner = self.selection(type_name, depth - usize::from(!is_page));
                if !inner.is_empty() {
                    parts.push(format!("{name}{args} {{ {inner} }}"));
                }
            }
        }
        parts.join(" ")
    }
}

/// All that GraphQL shows of a resource, with everything that is reached through it.
fn over_graphql(client: &Client, root: &str, selection: &str, id: &str) -> String {
    let document = format!("query($id: UUID!) {{ {root}(id: $id) {{ {selection} }} }}");
    let answer = send(client, &document, &json!({"id": id}));
    let code = &answer.json()["errors"][0]["extensions"]["code"];
    let expected = [
        Value::Null,
        json!("token_missing"),
        json!("token_invalid"),
        json!("session_ended"),
    ];
    assert!(expected.contains(code), "{root}: {}", answer.text);
    answer.text
}

/// All that REST shows of a booking and of what it refers to.
fn over_rest(client: &Client, booking: &str, property: &str, accounts: &[&str]) -> String {
    let mut paths = vec![
        format!("/v1/bookings/{booking}"),
        format!("/v1/properties/{property}"),
        format!("/v1/properties/{property}/reviews"),
        "/v1/reviews".to_owned(),
    ];
    paths.extend(accounts.iter().map(|id| format!("/v1/users/{id}")));
    let texts = paths.iter().map(|path| client.get(path).text);
    texts.collect::<Vec<_>>().join("\n")
}

/// Gives the accounts values that are found by their words.
fn private(marketplace: &Marketplace) -> Private {
    let mut words = Vec::new();
    let names = [
        (Actor::Guest, "Quillfeather"),
        (Actor::OtherGuest, "Larkspindle"),
        (Actor::Host, "Brambleshank"),
    ];
    for ((actor, last_name), number) in names.into_iter().zip(1..) {
        let phone = format!("+1555010000{number}");
        let change = json!({"last_name": last_name, "phone": phone});
        let client = marketplace.client("update_user", actor);
        client.patch("/v1/users/me", &change).expect(200);
        let email = marketplace.account(actor.label()).email.clone();
        words.extend([last_name.to_owned(), phone, email]);
    }
    let guest = marketplace.client("update_review", Actor::Guest);
    let blind = format!("/v1/reviews/{}", marketplace.resource("blind review"));
    let text = json!({"public_comment": "Not published yet.", "private_note": "The stairs creak."});
    guest.patch(&blind, &text).expect(200);
    words.extend(
        [
            "1 Lake Road",
            "42.65258",
            "Not published yet.",
            "The stairs creak.",
            "The tap drips.",
        ]
        .map(ToOwned::to_owned),
    );
    Private(words)
}

#[test]
fn nested_fields_show_no_more_than_rest() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    let Private(words) = private(&marketplace);
    let anonymous = marketplace.server.client();
    let schema = Schema(data(&anonymous, TYPES, &json!({}))["__schema"]["types"].clone());
    let accounts = ["guest", "other guest", "host", "other host"]
        .map(|it| marketplace.account(it).id.as_str());
    let operator = marketplace.client("", Actor::Admin);
    let (booking, property, account) = (
        schema.selection("Booking", DEPTH - 1),
        schema.selection("Property", DEPTH),
        schema.selection("Profile", DEPTH),
    );
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for name in BOOKINGS {
        let id = marketplace.resource(name);
        let place = operator
            .get(&format!("/v1/bookings/{id}"))
            .expect(200)
            .at("/property_id");
        for actor in Actor::ALL {
            let client = marketplace.client("", actor);
            let rest = over_rest(&client, id, &place, &accounts);
            let mut graphql = over_graphql(&client, "booking", &booking, id);
            graphql += &over_graphql(&client, "property", &property, &place);
            for account_id in accounts {
                graphql += &over_graphql(&client, "user", &account, account_id);
            }
            for word in &words {
                match (rest.contains(word), graphql.contains(word)) {
                    (false, true) => wrong.push(format!("{word} of {name} to {actor:?}")),
                    (_, shown) => drop(shown.then(|| seen.insert((actor.label(), word.as_str())))),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "GraphQL alone shows {}", wrong.join("\n"));
    // What is permitted does appear, so the search above is effective.
    for it in [
        ("guest", "1 Lake Road"),
        ("host", "Quillfeather"),
        ("host", "The tap drips."),
        ("admin", "42.65258"),
    ] {
        assert!(seen.contains(&it), "{it:?} is not among {seen:?}");
    }
    let strangers = ["anonymous", "other guest", "other host", "suspended"];
    assert!(
        !seen.iter().any(|(who, _)| strangers.contains(who)),
        "{seen:?}"
    );
}

#[test]
fn lists_and_lookups_hide_the_same_values_as_rest() {
    let marketplace = Marketplace::build(&TestDatabase::sqlite());
    private(&marketplace);
    let lookup = |actor: Actor, document: &str, id: &str| {
        send(&marketplace.client("", actor), document, &json!({"id": id})).json()
    };
    // A review that is not published, and its note.
    let review = "query($id: UUID!) { review(id: $id) { publicComment privateNote } }";
    let blind = marketplace.resource("blind review");
    for actor in Actor::ALL {
        let found = lookup(actor, review, blind);
        let note = &found["data"]["review"]["privateNote"];
        match actor {
            Actor::Guest => assert_eq!(note, "The stairs creak."),
            Actor::Admin => assert_eq!(
                found["data"]["review"]["publicComment"],
                "Not published yet."
            ),
            _ => assert!(found["data"]["review"].is_null(), "{actor:?}: {found}"),
        }
    }
    // The fee of a host who cancelled.
    let fee = "query($id: UUID!) { booking(id: $id) { cancellation { by hostFee { amount } } } }";
    let broken = marketplace.resource("broken");
    let shown = lookup(Actor::Admin, fee, broken)["data"]["booking"]["cancellation"].clone();
    assert!(shown["hostFee"]["amount"].as_i64() > Some(0), "{shown}");
    let hidden = lookup(Actor::Guest, fee, broken)["data"]["booking"]["cancellation"].clone();
    assert_eq!(hidden, json!({"by": "HOST", "hostFee": null}));
    // The reason of a night that is not free, and the host's note.
    let property = marketplace.resource("property");
    let nights = stay_body(property, 20, 22);
    let (from, to) = (&nights["check_in"], &nights["check_out"]);
    let block = json!({"from": from, "to": to, "blocked": true, "note": "Aunt Rose stays"});
    let path = format!("/v1/properties/{property}/calendar");
    marketplace
        .client("", Actor::Host)
        .put(&path, &block)
        .expect(200);
    let calendar = "query($id: UUID!, $from: Date!, $to: Date!) { calendar(propertyId: $id, from: $from, to: $to) { reason note } }";
    for actor in Actor::ALL.into_iter().filter(|it| *it != Actor::Suspended) {
        let variables = json!({"id": property, "from": from, "to": to});
        let found = data(&marketplace.client("", actor), calendar, &variables);
        let wanted = match actor {
            Actor::Host | Actor::Admin => json!({"reason": "blocked", "note": "Aunt Rose stays"}),
            _ => json!({"reason": "unavailable", "note": null}),
        };
        assert_eq!(found["calendar"], json!([wanted, wanted]), "{actor:?}");
    }
}
