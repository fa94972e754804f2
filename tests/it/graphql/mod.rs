//! The GraphQL interface.

mod attacks;
mod bad_input;
mod ide;
mod merged_changes;
pub mod parity;
mod protocol;
mod response_cache;
mod schema;
pub mod statement_counts;
mod subscriptions;
mod walkthrough;

use serde_json::{Map, Value, json};
use sojourn_tests::{Answer, Client};

/// Sends a document.
pub fn send(client: &Client, document: &str, variables: &Value) -> Answer {
    let body = json!({"query": document, "variables": variables});
    client.post("/graphql", &body)
}

/// The data of a document that is executed without errors.
pub fn data(client: &Client, document: &str, variables: &Value) -> Value {
    let answer = send(client, document, variables).expect(200).json();
    assert!(answer["errors"].is_null(), "{document}: {answer:#}");
    answer["data"].clone()
}

/// The code of the errors of a document, which have one in common.
pub fn code(client: &Client, document: &str, variables: &Value) -> String {
    let answer = send(client, document, variables).json();
    let errors = answer["errors"].as_array();
    let errors = errors.unwrap_or_else(|| panic!("{document}: {answer:#}"));
    let code = &errors[0]["extensions"]["code"];
    for error in errors {
        assert_eq!(&error["extensions"]["code"], code, "{answer:#}");
        assert!(error["extensions"]["requestId"].is_string(), "{answer:#}");
    }
    code.as_str().unwrap().to_owned()
}

/// A name of REST as GraphQL has it.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        all + &initial.to_uppercase() + rest
    })
}

/// A value of REST with the names of GraphQL.
pub fn with_camel_case(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (camel_case(name), with_camel_case(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(with_camel_case).collect(),
        other => other.clone(),
    }
}
