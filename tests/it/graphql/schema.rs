//! The schema is documented, and published as `docs/schema.graphql`.

use std::path::Path;

use serde_json::{Value, json};
use sojourn_tests::{Server, TestDatabase};

use super::{code, data};

const DESCRIPTIONS: &str = "{ __schema { types { name description kind
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description } enumValues(includeDeprecated: true) { name description } } } }";

#[test]
fn the_published_schema_is_that_of_the_server() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema.graphql");
    if std::env::var_os("SOJOURN_WRITE_DOCS").is_some() {
        std::fs::write(&page, sojourn_graphql::sdl()).unwrap();
    }
    let published = std::fs::read_to_string(page).unwrap_or_default();
    assert!(
        published.trim_end() == sojourn_graphql::sdl().trim_end(),
        "the schema has changed: cargo run -- graphql-schema > docs/schema.graphql"
    );
}

/// The items of a list without a description.
fn undescribed(owner: &str, items: &Value, missing: &mut Vec<String>) {
    for item in items.as_array().into_iter().flatten() {
        let name = format!("{owner}.{}", item["name"].as_str().unwrap());
        if item["description"].as_str().is_none_or(str::is_empty) {
            missing.push(name.clone());
        }
        undescribed(&name, &item["args"], missing);
    }
}

#[test]
fn every_part_of_the_schema_has_a_description() {
    let server = Server::start(&TestDatabase::sqlite());
    let schema = data(&server.client(), DESCRIPTIONS, &json!({}));
    let types = schema["__schema"]["types"].as_array().unwrap();
    let own = types.iter().filter(|it| {
        let name = it["name"].as_str().unwrap();
        !name.starts_with("__") && name != "ID"
    });
    let (mut missing, mut count) = (Vec::new(), 0);
    for it in own {
        let name = it["name"].as_str().unwrap();
        if it["description"].as_str().is_none_or(str::is_empty) {
            missing.push(name.to_owned());
        }
        for part in ["fields", "inputFields", "enumValues"] {
            undescribed(name, &it[part], &mut missing);
        }
        count += 1;
    }
    assert!(count > 100, "{count} types");
    assert!(missing.is_empty(), "without description: {missing:#?}");
}

#[test]
fn production_hides_the_schema_and_suggests_nothing() {
    let database = TestDatabase::sqlite();
    let variables = [("SOJOURN_GRAPHQL_INTROSPECTION", "off")];
    let options = sojourn_tests::ServerOptions {
        variables: &variables,
        ..Default::default()
    };
    let server = Server::with(&database, options);
    let client = server.client();
    for document in [
        "{ __schema { types { name } } }",
        "{ __type(name: \"Query\") { name } }",
    ] {
        let answer = super::send(&client, document, &json!({})).json();
        assert!(!answer.to_string().contains("Query\""), "{answer}");
    }
    let answer = super::send(&client, "{ propertie(id: 1) { id } }", &json!({}));
    assert!(!answer.text.contains("Did you mean"), "{}", answer.text);
    assert_eq!(
        code(&client, "{ propertie { id } }", &json!({})),
        "query_invalid"
    );
}
