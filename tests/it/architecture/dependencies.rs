//! Dependencies between crates point inwards.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::source::root;

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
fn crate_dependencies_point_inwards() {
    let adapters = [
        "sojourn-persistence",
        "sojourn-graphql",
        "sojourn-http",
        "sojourn-payments",
        "sojourn-mail",
        "sojourn-metrics",
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
fn domain_depends_on_its_short_list_only() {
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
