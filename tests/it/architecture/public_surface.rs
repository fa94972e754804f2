//! The public items of the domain crate, as a snapshot: a change of what embedders use is seen.

use super::source::{code, sources};

/// Files with test code only.
fn is_test(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap();
    path.contains("/test_support/")
        || name.contains("tests.rs")
        || matches!(name, "fixtures.rs" | "refund_strategies.rs")
}

/// Code without inline test modules, which end a file.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap()
}

/// The declarations that begin with `pub`, each on one line up to its body. Methods stand below the
/// type of their `impl`.
fn public_items(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if line.starts_with("impl") {
            found.push(line.trim_end_matches('{').trim().to_owned());
            continue;
        }
        match &mut open {
            Some(item) => {
                item.push(' ');
                item.push_str(trimmed);
            }
            None if trimmed.starts_with("pub ") => open = Some(trimmed.to_owned()),
            None => continue,
        }
        let item = open.as_deref().unwrap_or_default();
        let is_field = !item.contains('(') && item.ends_with(',') && !item.contains("use ");
        let is_complete = if item.starts_with("pub use") {
            item.ends_with(';')
        } else {
            is_field || item.ends_with('{') || item.ends_with(';') || item.ends_with('}')
        };
        if is_complete {
            let item = open.take().unwrap_or_default();
            let item = item.trim_end_matches(['{', ',']).trim().to_owned();
            found.push(format!(
                "    {}",
                item.replace("( ", "(").replace(", )", ")")
            ));
        }
    }
    // An `impl` without public items says nothing.
    let mut kept: Vec<String> = Vec::new();
    for line in found {
        if line.starts_with("impl") && kept.last().is_some_and(|last| last.starts_with("impl")) {
            kept.pop();
        }
        kept.push(line);
    }
    if kept.last().is_some_and(|last| last.starts_with("impl")) {
        kept.pop();
    }
    kept
}

#[test]
fn the_public_surface_of_the_domain_is_known() {
    let mut page = String::new();
    for source in sources("domain/src") {
        if is_test(&source.path) {
            continue;
        }
        let items = public_items(&code(without_tests(&source.text)));
        if !items.is_empty() {
            page.push_str(&format!("{}\n", source.path));
            items
                .iter()
                .for_each(|item| page.push_str(&format!("{item}\n")));
        }
    }
    assert!(page.lines().count() > 500, "{} lines", page.lines().count());
    insta::assert_snapshot!("domain", page);
}

#[test]
fn items_are_read_to_their_bodies() {
    let text = "pub struct A {\n    pub b: u8,\n    c: u8,\n}\n\nimpl A {\n    fn d(&self) {}\n\n    pub const fn e(\n        \
                &self,\n        f: u8,\n    ) -> u8 {\n        1\n    }\n}\n\nimpl B for A {\n}\npub(crate) fn g() {}\n";
    let expected = [
        "    pub struct A",
        "    pub b: u8",
        "impl A",
        "    pub const fn e(&self, f: u8) -> u8",
    ];
    assert_eq!(public_items(text), expected);
}
