//! The document has no traps for those who generate clients from it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::api::openapi_json;
use crate::schema::{MAX_SAFE_INTEGER, closure, collect_targets, is_nullable};

/// Names of types and modules of Swift, Kotlin, Python, Dart, TypeScript and browsers, which a schema of the same name
/// would hide.
const TAKEN: [&str; 48] = [
    "Any",
    "Array",
    "Blob",
    "Boolean",
    "Calendar",
    "Character",
    "Comment",
    "Currency",
    "Data",
    "Date",
    "DateTime",
    "Duration",
    "Enum",
    "Error",
    "Event",
    "Export",
    "File",
    "Function",
    "Future",
    "History",
    "Image",
    "Import",
    "Int",
    "Integer",
    "Iterable",
    "List",
    "Locale",
    "Location",
    "Map",
    "Never",
    "Node",
    "Notification",
    "Null",
    "Number",
    "Object",
    "Option",
    "Optional",
    "Promise",
    "Record",
    "Request",
    "Response",
    "Result",
    "Set",
    "String",
    "Symbol",
    "Type",
    "Union",
    "Unit",
];

fn document() -> Value {
    static TEXT: LazyLock<String> = LazyLock::new(openapi_json);
    serde_json::from_str(&TEXT).unwrap()
}

/// Every operation, with its method and path.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().unwrap();
        item.iter()
            .map(move |(method, it)| (format!("{method} {path}"), it))
    });
    all.collect()
}

/// Every schema of the document with its place: the named ones, and those of parameters, bodies and answers.
fn roots(document: &Value) -> Vec<(String, &Value)> {
    let named = document["components"]["schemas"].as_object().unwrap();
    let mut all: Vec<_> = named.iter().map(|(name, it)| (name.clone(), it)).collect();
    for (place, operation) in operations(document) {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        all.extend(parameters.map(|it| (format!("{place} {}", it["name"]), &it["schema"])));
        let responses = operation["responses"].as_object().unwrap().values();
        for body in responses.chain(operation.get("requestBody")) {
            let contents = body["content"].as_object().into_iter().flatten();
            all.extend(contents.map(|(_, it)| (place.clone(), &it["schema"])));
        }
    }
    all.into_iter().filter(|(_, it)| !it.is_null()).collect()
}

fn visit(place: &str, schema: &Value, check: &mut impl FnMut(&str, &Value)) {
    check(place, schema);
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        visit(&format!("{place}.{name}"), field, check);
    }
    let unions = ["oneOf", "anyOf", "allOf"]
        .into_iter()
        .filter_map(|key| schema[key].as_array());
    for choice in unions.flatten() {
        visit(place, choice, check);
    }
    for key in ["items", "additionalProperties"] {
        schema
            .get(key)
            .filter(|it| it.is_object())
            .into_iter()
            .for_each(|it| visit(place, it, check));
    }
}

fn visit_all(document: &Value, mut check: impl FnMut(&str, &Value)) {
    for (place, schema) in roots(document) {
        visit(&place, schema, &mut check);
    }
}

/// Names of the schemas of requests, or of answers.
fn reached(document: &Value, parts: &[&str]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, operation) in operations(document) {
        parts
            .iter()
            .for_each(|part| collect_targets(&operation[*part], &mut names));
    }
    closure(
        document["components"]["schemas"].as_object().unwrap(),
        names,
    )
}

fn is_required(schema: &Value, name: &str) -> bool {
    schema["required"]
        .as_array()
        .is_some_and(|all| all.iter().any(|it| it == name))
}

#[test]
fn every_schema_has_a_type() {
    visit_all(&document(), |place, schema| {
        let typed = ["$ref", "type", "anyOf", "oneOf"]
            .iter()
            .any(|key| schema.get(key).is_some());
        assert!(typed, "{place}: {schema}");
        assert!(schema.get("allOf").is_none(), "{place}");
        if schema["type"] == "object" {
            let described =
                schema["properties"].is_object() || schema["additionalProperties"].is_object();
            assert!(described, "{place} is any object");
        }
        if schema["type"] == "array" {
            assert!(schema["items"].is_object(), "{place} has any items");
        }
    });
}

#[test]
fn unions_tell_their_members_apart() {
    visit_all(&document(), |place, schema| {
        if let Some(members) = schema["oneOf"].as_array() {
            assert!(
                schema["discriminator"]["propertyName"].is_string(),
                "{place}"
            );
            assert!(members.iter().all(|it| it["$ref"].is_string()), "{place}");
        }
        if let Some(members) = schema["anyOf"].as_array() {
            let nullable = members.len() == 2 && members[1] == json!({"type": "null"});
            let open = members.len() == 2
                && members[0]["enum"].is_array()
                && members[1] == json!({"type": "string"});
            assert!(nullable || open, "{place}: {schema}");
        }
    });
}

#[test]
fn objects_are_named_and_their_names_clash_with_nothing() {
    let document = document();
    for (name, _) in roots(&document)
        .iter()
        .filter(|(name, _)| !name.contains(' '))
    {
        assert!(!TAKEN.contains(&name.as_str()), "{name}");
        let odd = ["Dto", "Word", "Body", "_", "Schema"]
            .into_iter()
            .find(|it| name.contains(it));
        assert_eq!(odd, None, "{name}");
        assert!(
            name.starts_with(|first: char| first.is_ascii_uppercase()),
            "{name}"
        );
    }
    visit_all(&document, |place, schema| {
        let inline = place.contains(['.', ' ']) && schema["properties"].is_object();
        assert!(!inline, "{place} has no name");
    });
}

#[test]
fn integers_are_exact_in_every_client() {
    visit_all(&document(), |place, schema| {
        let kinds = [&schema["type"], &schema["type"][0]];
        if kinds.iter().any(|it| **it == "integer") && schema["format"] != "int32" {
            let within = |it: &Value| it.as_i64().is_some_and(|it| it.abs() <= MAX_SAFE_INTEGER);
            assert!(
                within(&schema["minimum"]) && within(&schema["maximum"]),
                "{place}"
            );
        }
    });
}

#[test]
fn a_response_states_every_field() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    for name in reached(&document, &["responses"]) {
        let schema = &schemas[&name];
        for (field, its) in schema["properties"].as_object().into_iter().flatten() {
            let either = is_required(schema, field) || !is_nullable(its);
            assert!(either, "{name}.{field} is optional and nullable");
            assert!(
                its.get("default").is_none()
                    || reached(&document, &["requestBody"]).contains(&name),
                "{name}.{field}"
            );
        }
    }
}

#[test]
fn null_and_defaults_in_requests_mean_something() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let requested = reached(&document, &["requestBody"]);
    assert!(requested.contains("PricingPatch") && requested.contains("StayRulesPatch"));
    for name in requested {
        let schema = &schemas[&name];
        let is_patch = name.ends_with("Patch");
        for (field, its) in schema["properties"].as_object().into_iter().flatten() {
            if is_patch {
                assert!(its.get("default").is_none(), "{name}.{field}");
            } else {
                assert!(
                    is_required(schema, field) || !is_nullable(its),
                    "{name}.{field}"
                );
            }
        }
    }
    let money = &schemas["PricingPatch"]["properties"]["nightly"];
    assert_eq!(money["$ref"], "#/components/schemas/Money");
}

#[test]
fn lists_in_queries_are_arrays() {
    for (place, operation) in operations(&document()) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["schema"]["type"] == "array" {
                let style = (&parameter["style"], &parameter["explode"]);
                assert_eq!(
                    style,
                    (&json!("form"), &json!(false)),
                    "{place} {}",
                    parameter["name"]
                );
            }
        }
    }
}

#[test]
fn every_operation_is_described() {
    let document = document();
    let tags: Vec<_> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    for (place, operation) in operations(&document) {
        let summary = operation["summary"].as_str().unwrap_or_default();
        assert!(
            (5..=80).contains(&summary.len()) && !summary.contains('\n'),
            "{place}"
        );
        assert!(
            operation["description"]
                .as_str()
                .is_some_and(|it| it.len() > 10),
            "{place}"
        );
        assert!(tags.contains(&&operation["tags"][0]), "{place}");
        assert!(operation["security"].is_array(), "{place}");
    }
}

#[test]
fn answers_are_declared_where_they_can_happen() {
    let document = document();
    let with = |status: &str| -> Vec<String> {
        let all = operations(&document).into_iter();
        let having = all.filter(|(_, it)| it["responses"].get(status).is_some());
        having
            .map(|(_, it)| it["operationId"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        with("402"),
        [
            "update_booking",
            "accept_booking",
            "accept_alteration",
            "create_payment"
        ]
    );
    assert_eq!(with("405"), [""; 0]);
    let public = [
        "get_jwks",
        "livez",
        "readyz",
        "register_user",
        "verify_email",
    ];
    assert!(with("401").iter().all(|it| !public.contains(&it.as_str())));
    let created = operations(&document)
        .into_iter()
        .filter(|(_, it)| it["responses"].get("201").is_some());
    let without = created.filter(|(_, it)| it.pointer("/responses/201/headers/Location").is_none());
    let without: Vec<_> = without.map(|(_, it)| &it["operationId"]).collect();
    assert_eq!(
        without,
        ["give_refund", "refund_payment", "respond_to_review"],
        "they change what exists"
    );
}

/// Validates an example against a schema of the document.
fn assert_valid(document: &Value, place: &str, schema: &Value, example: &Value) {
    let mut whole: Map<String, Value> = schema.as_object().unwrap().clone();
    whole.insert("components".to_owned(), document["components"].clone());
    let options = jsonschema::options().should_validate_formats(true);
    let validator = options.build(&Value::Object(whole)).unwrap();
    let found: Vec<_> = validator
        .iter_errors(example)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect();
    assert!(found.is_empty(), "{place}: {found:?}");
}

/// Validates the examples of a body or an answer; returns their number.
fn assert_valid_contents(document: &Value, place: &str, body: &Value) -> usize {
    let contents = body["content"].as_object();
    for (_, content) in contents.into_iter().flatten() {
        let example = content.get("example");
        let example = example.unwrap_or_else(|| panic!("{place}: no example"));
        assert_valid(document, place, &content["schema"], example);
    }
    contents.map_or(0, Map::len)
}

#[test]
fn every_request_and_answer_has_a_valid_example() {
    let document = document();
    for (name, answer) in document["components"]["responses"].as_object().unwrap() {
        assert_eq!(assert_valid_contents(&document, name, answer), 1);
    }
    for (place, operation) in operations(&document) {
        let own = operation["responses"].as_object().unwrap().values();
        for body in own.chain(operation.get("requestBody")) {
            assert_valid_contents(&document, &place, body);
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if let Some(example) = parameter.get("example") {
                assert_valid(&document, &place, &parameter["schema"], example);
            } else {
                assert!(parameter["$ref"].is_string(), "{place}: {parameter}");
            }
        }
    }
}
