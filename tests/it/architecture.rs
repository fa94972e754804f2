//! The house is what ARCHITECTURE.md says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn dependencies(package: &Value) -> BTreeSet<&str> {
    let normal = |dependency: &&Value| dependency["kind"].is_null();
    package["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(normal)
        .map(|it| it["name"].as_str().unwrap())
        .collect()
}

#[test]
fn arrows_point_inwards() {
    let adapters = [
        "sojourn-persistence",
        "sojourn-http",
        "sojourn-payments",
        "sojourn-mail",
        "sojourn-redis",
        "sojourn-security",
    ];
    let mut seen = 0;
    for package in &packages() {
        let name = package["name"].as_str().unwrap();
        let allowed: BTreeSet<&str> = match name {
            "sojourn-domain" => BTreeSet::new(),
            "sojourn-application" => ["sojourn-domain"].into(),
            name if adapters.contains(&name) => ["sojourn-domain", "sojourn-application"].into(),
            "sojourn" | "sojourn-tests" => continue,
            other => panic!(
                "{other} is a new crate: give it its arrows here and its reasons in docs/adr"
            ),
        };
        let ours: BTreeSet<&str> = dependencies(package)
            .into_iter()
            .filter(|it| it.starts_with("sojourn"))
            .collect();
        assert!(
            ours.is_subset(&allowed),
            "{name} may depend on {allowed:?}, not on {ours:?}"
        );
        seen += 1;
    }
    assert_eq!(seen, 2 + adapters.len());
}

#[test]
fn the_domain_depends_on_its_short_list() {
    let allowed: BTreeSet<&str> = [
        "async-trait",
        "chrono",
        "chrono-tz",
        "iso_currency",
        "mockall",
        "serde",
        "thiserror",
        "uuid",
    ]
    .into();
    let packages = packages();
    let domain = packages
        .iter()
        .find(|package| package["name"] == "sojourn-domain")
        .unwrap();
    assert!(
        dependencies(domain).is_subset(&allowed),
        "{:?}",
        dependencies(domain)
    );
    let always = domain["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"].is_null() && it["optional"] == false);
    let always: BTreeSet<&str> = always.map(|it| it["name"].as_str().unwrap()).collect();
    assert!(
        !always.contains("serde") && !always.contains("mockall"),
        "{always:?}"
    );
}

#[test]
fn no_file_is_crowded() {
    let mut crowded = Vec::new();
    let mut read = 0;
    for room in ["domain", "application", "adapters", "bin", "tests"] {
        walk(&root().join(room), &mut |path, text| {
            read += 1;
            let lines = text.lines().count();
            if lines > 400 {
                crowded.push(format!("{} has {lines} lines", path.display()));
            }
        });
    }
    assert!(read > 50, "only {read} files were found");
    assert!(crowded.is_empty(), "{crowded:#?}");
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            walk(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
