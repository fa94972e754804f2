//! The permission table over GraphQL: each operation by its counterpart, with the same inputs.

use serde_json::{Map, Value, json};
use sojourn_tests::{Answer, Client, TestDatabase};

use super::differences;
use super::fingerprint::fingerprint;
use super::fixture::Marketplace;
use super::operations;
use super::request::{ids, request};
use super::table::{Actor, Expectation, Outcome, TABLE};
use crate::graphql::parity::{Counterpart, counterpart};
use crate::graphql::{camel_case, data, send, with_camel_case};

const SCHEMA: &str = "{ __schema {
    queryType { fields { ...F } } mutationType { fields { ...F } }
    types { kind name inputFields { name type { ...T } } } } }
    fragment F on __Field { name args { name type { ...T } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// The schema, for building arguments from the bodies of REST.
struct Schema(Value);

/// The kind and name of a type without its modifiers.
fn named(of: &Value) -> (&str, &str) {
    if of["ofType"].is_object() {
        return named(&of["ofType"]);
    }
    (of["kind"].as_str().unwrap(), of["name"].as_str().unwrap())
}

/// The type as it is written for a variable.
fn written(of: &Value) -> String {
    match of["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", written(&of["ofType"])),
        "LIST" => format!("[{}]", written(&of["ofType"])),
        _ => of["name"].as_str().unwrap().to_owned(),
    }
}

fn named_item<'a>(list: &'a Value, name: &str) -> &'a Value {
    let mut items = list.as_array().unwrap().iter();
    let found = items.find(|it| it["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not in the schema"))
}

impl Schema {
    fn read(client: &Client) -> Self {
        Self(data(client, SCHEMA, &json!({}))["__schema"].clone())
    }

    fn field(&self, root: &str, name: &str) -> &Value {
        named_item(&self.0[root]["fields"], name)
    }

    /// A value of REST as an argument of this type.
    fn argument(&self, of: &Value, value: &Value) -> Value {
        let (kind, name) = named(of);
        match (kind, value) {
            (_, Value::Array(items)) => items.iter().map(|it| self.argument(of, it)).collect(),
            ("ENUM", Value::String(word)) => json!(word.to_uppercase()),
            ("INPUT_OBJECT", Value::Object(fields)) => self.input(name, fields),
            _ => value.clone(),
        }
    }

    /// An input object of what has the names of its fields; `changes` are a body without the ids of a path.
    fn input(&self, name: &str, source: &Map<String, Value>) -> Value {
        let fields = &named_item(&self.0["types"], name)["inputFields"];
        let mut all = Map::new();
        for field in fields.as_array().unwrap() {
            let (key, of) = (field["name"].as_str().unwrap(), &field["type"]);
            if let Some(value) = source.get(key) {
                all.insert(key.to_owned(), self.argument(of, value));
            } else if key == "changes" {
                all.insert(key.to_owned(), self.input(named(of).1, source));
            }
        }
        Value::Object(all)
    }
}

/// The body, the parameters and the ids of the path of the REST request, with the names of GraphQL.
fn source(
    marketplace: &Marketplace,
    operation: &str,
    actor: Actor,
    path: &str,
) -> Map<String, Value> {
    // Parameters of a query string are flat; the body of the same operation by POST has the objects.
    let like = if operation == "get_quote" {
        "quote"
    } else {
        operation
    };
    let request = request(marketplace, like, actor, path);
    let mut all = match with_camel_case(&request.body.unwrap_or_default()) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    let query = request.path.split_once('?').map_or("", |(_, query)| query);
    for (name, value) in query.split('&').filter_map(|it| it.split_once('=')) {
        all.insert(camel_case(name), json!(value));
    }
    for (placeholder, id) in ids(marketplace, operation, actor) {
        if path.contains(placeholder) {
            let name = camel_case(placeholder.trim_matches(['{', '}']));
            all.insert("id".to_owned(), json!(id));
            all.insert(name, json!(id));
        }
    }
    all.insert("first".to_owned(), json!(1));
    all
}

/// The field with its arguments, and its variables.
fn document(
    schema: &Schema,
    root: &str,
    field: &str,
    source: &Map<String, Value>,
) -> (String, Value) {
    let kind = if root == "queryType" {
        "query"
    } else {
        "mutation"
    };
    let (mut variables, mut arguments) = (Map::new(), Vec::new());
    let mut declared = Vec::new();
    for argument in schema.field(root, field)["args"].as_array().unwrap() {
        let (name, of) = (argument["name"].as_str().unwrap(), &argument["type"]);
        let value = match source.get(name) {
            Some(value) => schema.argument(of, value),
            None if name == "input" => schema.input(named(of).1, source),
            None => continue,
        };
        variables.insert(name.to_owned(), value);
        declared.push(format!("${name}: {}", written(of)));
        arguments.push(format!("{name}: ${name}"));
    }
    let list = |open: &str, items: &[String]| match items {
        [] => String::new(),
        items => format!("{open}({})", items.join(", ")),
    };
    let (declared, arguments) = (list("", &declared), list("", &arguments));
    let selection = format!("{field}{arguments} {{ __typename }}");
    (
        format!("{kind}{declared} {{ {selection} }}"),
        Value::Object(variables),
    )
}

/// The answer to the counterpart of an operation; `None` if REST alone has it.
fn ask(
    marketplace: &Marketplace,
    schema: &Schema,
    row: &Expectation,
    actor: Actor,
    path: &str,
) -> Option<(&'static str, Answer)> {
    let (root, field) = match counterpart(row.operation) {
        Counterpart::Query(field) => ("queryType", *field),
        Counterpart::Mutation(field) => ("mutationType", *field),
        Counterpart::RestOnly(_) => return None,
    };
    // Without a token, `me` is null.
    if row.operation == "get_me" && actor == Actor::Anonymous {
        return None;
    }
    let source = source(marketplace, row.operation, actor, path);
    let (mut text, variables) = document(schema, root, field, &source);
    if row.operation == "list_property_reviews" {
        text = text.replace("__typename", "reviews(first: 1) { __typename }");
    }
    // A token of an ended session refuses the whole request, also one that needs none.
    let needs_none = row.operation == "log_in" || row.outcome(actor) == Outcome::May;
    let client = match actor {
        Actor::Suspended if needs_none => marketplace.server.client(),
        _ => marketplace.client(row.operation, actor),
    };
    Some((field, send(&client, &text, &variables)))
}

/// The status that the answer tells of its field; 404 for a lookup that finds nothing.
fn status_of(field: &str, answer: &Answer) -> u64 {
    let body = answer.json();
    match &body["errors"][0]["extensions"]["status"] {
        Value::Number(status) => status.as_u64().unwrap(),
        _ if body["data"][field].is_null() => 404,
        _ => 200,
    }
}

fn compare(row: &Expectation, actor: Actor, field: &str, answer: &Answer) -> Option<String> {
    let status = status_of(field, answer);
    let fits = match row.outcome(actor) {
        Outcome::May => {
            matches!(status, 200 | 409)
                || u16::try_from(status).is_ok_and(|it| row.is_rejected_request(it))
        }
        Outcome::Denied(wanted) => status == u64::from(wanted),
    };
    let text: String = answer.text.chars().take(300).collect();
    let outcome = row.outcome(actor);
    let operation = row.operation;
    (!fits).then(|| format!("{operation} by {actor:?}: {outcome:?}, not {status} {text}"))
}

#[test]
fn permissions_over_graphql_match_the_table_and_denials_change_nothing() {
    let database = TestDatabase::sqlite();
    let marketplace = Marketplace::build(&database);
    let operations = operations(&marketplace.server);
    let schema = Schema::read(&marketplace.server.client());
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for denied in [true, false] {
        for row in TABLE {
            let (_, path) = &operations[row.operation];
            let is_denied = |actor: &Actor| row.outcome(*actor) != Outcome::May;
            for actor in Actor::ALL.into_iter().filter(|it| is_denied(it) == denied) {
                let before = denied.then(|| fingerprint(&database.url));
                let Some((field, answer)) = ask(&marketplace, &schema, row, actor, path) else {
                    continue;
                };
                asked += 1;
                wrong.extend(compare(row, actor, field, &answer));
                let after = before.map(|before| differences(&before, &fingerprint(&database.url)));
                let changed = after.unwrap_or_default();
                if !changed.is_empty() {
                    let operation = row.operation;
                    wrong.push(format!(
                        "{operation} by {actor:?} was denied and changed {changed:?}"
                    ));
                }
            }
        }
    }
    let count = wrong.len();
    assert!(
        wrong.is_empty(),
        "{count} of {asked} are not as the table says:\n{}",
        wrong.join("\n")
    );
    assert!(asked > 400, "{asked}");
}
