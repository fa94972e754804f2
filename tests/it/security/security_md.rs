//! Every test named in SECURITY.md exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Marks a row without a test.
const ABSENT: &str = "does not exist yet";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The rows of the table: threat and tests.
fn rows() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let cells = |line: &str| {
        let (item, shown) = line
            .strip_prefix("| ")?
            .strip_suffix(" |")?
            .split_once(" | ")?;
        Some((item.to_owned(), shown.to_owned()))
    };
    text.lines()
        .filter_map(cells)
        .filter(|(item, _)| item != "item")
        .collect()
}

/// The names between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Names of all functions with a test attribute in a file, and of its tests of every database.
fn tests_of(text: &str, found: &mut BTreeSet<String>) {
    for list in text.split("\non_every_database!(").skip(1) {
        let names = list.split(");").next().unwrap().split(',').map(str::trim);
        found.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    let query_text: Vec<_> = text.lines().map(str::trim).collect();
    for (at, line) in query_text.iter().enumerate() {
        let Some((_, rest)) = line.split_once("fn ") else {
            continue;
        };
        let before = query_text[..at]
            .iter()
            .rev()
            .take_while(|line| line.starts_with("#["));
        if before.into_iter().any(|line| line.contains("test")) {
            found.insert(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
}

fn walk(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            tests_of(&fs::read_to_string(&path).unwrap(), found);
        }
    }
}

#[test]
fn every_test_named_in_security_md_exists() {
    let mut tests = BTreeSet::new();
    for room in ["domain", "application", "adapters", "bin", "tests"] {
        walk(&root().join(room), &mut tests);
    }
    let rows = rows();
    assert!(
        rows.len() >= 25 && tests.len() > 500,
        "{} rows, {} tests",
        rows.len(),
        tests.len()
    );
    for (item, shown) in &rows {
        let names = names(shown);
        assert!(
            !names.is_empty() || shown.contains(ABSENT),
            "{item}: neither a test nor said to be absent"
        );
        for name in names {
            assert!(tests.contains(name), "{item}: there is no test {name}");
        }
    }
}

#[test]
fn every_crate_forbids_unsafe_code() {
    let manifest = |path: &Path| fs::read_to_string(path.join("Cargo.toml")).unwrap();
    let workspace = manifest(&root());
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let members = workspace
        .split_once("members = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .unwrap()
        .0;
    let members: Vec<_> = members.split('"').skip(1).step_by(2).collect();
    assert!(members.len() >= 10, "{members:?}");
    for member in members {
        let inherits = manifest(&root().join(member)).contains("[lints]\nworkspace = true\n");
        assert!(inherits, "{member} has lints of its own");
    }
}

#[test]
fn ci_checks_vulnerabilities_and_licences() {
    let gate = fs::read_to_string(root().join(".ci/run")).unwrap();
    for step in [
        "cargo-audit\" audit --deny warnings",
        "check --hide-inclusion-graph bans licenses sources",
    ] {
        assert!(gate.contains(step), "{step}");
    }
}
