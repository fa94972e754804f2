//! Every operation declares the codes that it answers, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::api::openapi_json;
use crate::schema::{MEMBERS, Of, PROBLEM_CODES};

/// The operations of the document by their ids.
fn operations() -> (Value, BTreeMap<String, Value>) {
    let document: Value = serde_json::from_str(&openapi_json()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let all = paths.flat_map(|item| item.as_object().unwrap().values());
    let by_id = all.map(|it| (it["operationId"].as_str().unwrap().to_owned(), it.clone()));
    let by_id = by_id.collect();
    (document, by_id)
}

/// The codes that an operation declares for a status.
fn codes(document: &Value, operation: &Value, status: &str) -> BTreeSet<String> {
    let resolve = |it: &Value| match it["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap().clone(),
        None => it.clone(),
    };
    let response = resolve(&operation["responses"][status]);
    let schema = resolve(&response["content"]["application/problem+json"]["schema"]);
    let code = resolve(&schema["properties"]["code"]);
    assert_eq!(code["anyOf"][1]["type"], "string", "{status}: {code}");
    let known = code["anyOf"][0]["enum"].as_array().unwrap().iter();
    known.map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn codes_of_an_operation_are_those_of_the_table() {
    let (document, operations) = operations();
    let of = |id: &str, status: &str| -> Vec<String> {
        codes(&document, &operations[id], status)
            .into_iter()
            .collect()
    };
    assert_eq!(of("set_calendar", "409"), ["nights_taken"]);
    assert_eq!(
        of("list_calendars", "401"),
        ["token_invalid", "token_missing"]
    );
    assert_eq!(of("get_property", "401"), ["token_invalid"]);
    assert_eq!(
        of("list_bookings", "422"),
        ["cursor_invalid", "validation_failed"]
    );
    assert_eq!(
        of("create_booking", "409"),
        [
            "dates_unavailable",
            "idempotency_in_progress",
            "price_changed",
            "quote_expired"
        ]
    );
    assert_eq!(of("erase_me", "403"), ["password_required"]);
    for (id, operation) in &operations {
        let answers = operation["responses"].as_object().unwrap();
        assert!(!answers.contains_key("default"), "{id}");
        for status in answers.keys().filter(|it| it.starts_with(['4', '5'])) {
            let found = codes(&document, operation, status);
            let with_status: BTreeSet<String> = PROBLEM_CODES
                .iter()
                .filter(|it| it.status.to_string() == *status)
                .map(|it| it.code.to_owned())
                .collect();
            // A defect may have any code.
            assert!(
                status == "500" || found.is_subset(&with_status),
                "{id} {status}"
            );
        }
    }
}

#[test]
fn the_table_names_operations_and_codes_that_exist() {
    let (_, operations) = operations();
    for row in PROBLEM_CODES {
        assert!(!row.of.is_empty() || row.status == 405, "{}", row.code);
        for of in row.of {
            if let Of::Only(ids) = of {
                let gone: Vec<_> = ids
                    .iter()
                    .filter(|id| !operations.contains_key(**id))
                    .collect();
                assert!(gone.is_empty(), "{}: {gone:?}", row.code);
            }
        }
    }
    for (member, of) in MEMBERS {
        let known = |code: &&str| PROBLEM_CODES.iter().any(|it| it.code == *code);
        assert!(of.iter().all(known), "{member}");
    }
}

#[test]
fn responses_with_the_same_codes_have_one_name() {
    let (document, _) = operations();
    let responses = document["components"]["responses"].as_object().unwrap();
    let mut names: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for (name, response) in responses {
        let example = &response["content"]["application/problem+json"]["example"];
        let key = format!("{} {}", example["status"], response["description"]);
        names.entry(key).or_default().push(name);
    }
    let repeated: Vec<_> = names.values().filter(|it| it.len() > 1).collect();
    assert!(repeated.is_empty(), "name them in SHARED: {repeated:?}");
    assert!(responses.len() < 80, "{}", responses.len());
}

/// Sources of the use cases, without their tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" && name != "test_support" {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && !name.contains("test") {
            found.push(path);
        }
    }
    found
}

/// Text of a folder of the application, and of the folders that it uses.
fn reached(application: &Path, nouns: BTreeSet<String>) -> String {
    let (mut open, mut seen) = (Vec::from_iter(nouns), BTreeSet::new());
    let mut text = String::new();
    while let Some(noun) = open.pop() {
        if !seen.insert(noun.clone()) {
            continue;
        }
        let folder = application.join(&noun);
        let files = if folder.is_dir() {
            sources(&folder)
        } else {
            vec![application.join(format!("{noun}.rs"))]
        };
        for file in files.iter().filter(|it| it.exists()) {
            let whole = std::fs::read_to_string(file).unwrap();
            let code = whole.split("#[cfg(test)]\nmod tests").next().unwrap();
            let uses = code.split("crate::").skip(1);
            let names = uses.map(|it| {
                it.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .next()
            });
            open.extend(names.flatten().map(ToOwned::to_owned));
            text.push_str(code);
        }
    }
    text
}

/// Failures of errors of the domain, with the names of these.
fn domain_failures(application: &Path) -> Vec<(Vec<String>, String)> {
    let files = sources(application).into_iter();
    let files = files.filter(|it| it.ends_with("failures.rs"));
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let types = text.split("impl UseCaseError for ").skip(1);
        let names = types.map(|it| it.split('{').next().unwrap());
        let names = names.map(|it| it.trim().trim_matches(['[', ']']).to_owned());
        (names.collect(), text)
    };
    files.map(read).collect()
}

/// The codes that operations answer through their use cases stand in the sources that their handlers reach.
#[test]
fn codes_of_single_operations_stand_in_what_their_handlers_reach() {
    let http = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let application = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../application/src");
    let handlers: Vec<String> = sources(&http)
        .iter()
        .map(|it| std::fs::read_to_string(it).unwrap())
        .collect();
    let failures = domain_failures(&application);
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let (mut judged, mut wrong) = (0, Vec::new());
    for row in PROBLEM_CODES {
        let ids = row.of.iter().filter_map(|of| match of {
            Of::Only(ids) => Some(*ids),
            _ => None,
        });
        for id in ids.flatten() {
            let text = texts.entry(id).or_insert_with(|| {
                let stated = format!("operation_id = \"{id}\"");
                let handler = handlers.iter().find(|it| it.contains(&stated)).unwrap();
                let nouns = std::fs::read_dir(&application).unwrap();
                let nouns = nouns.map(|it| it.unwrap().path());
                let nouns = nouns.map(|it| it.file_stem().unwrap().to_string_lossy().into_owned());
                let mut used: BTreeSet<String> = nouns
                    .filter(|noun| {
                        handler.contains(&format!("{noun}::"))
                            || handler.contains(&format!("{noun} as "))
                    })
                    .collect();
                used.insert("failure".to_owned());
                let mut text = handler.clone() + &reached(&application, used);
                for (names, more) in &failures {
                    if names.iter().any(|name| text.contains(name)) {
                        text.push_str(more);
                    }
                }
                text
            });
            judged += 1;
            let literal = format!("\"{}\"", row.code);
            // Those of every interface are made by the extractors.
            let of_extractors = [
                "validation_failed",
                "token_missing",
                "not_found",
                "forbidden",
            ];
            if !text.contains(&literal) && !of_extractors.contains(&row.code) {
                wrong.push(format!("{id}: {}", row.code));
            }
        }
    }
    assert!(wrong.is_empty() && judged > 100, "{judged}: {wrong:?}");
}
