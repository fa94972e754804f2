//! The GraphQL interface.

mod attacks;
mod ide;
mod parity;
mod protocol;
mod schema;
mod walkthrough;

use serde_json::{Value, json};
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
