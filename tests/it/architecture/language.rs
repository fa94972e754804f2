//! The vocabulary of identifiers, file names and doc comments.

use std::collections::BTreeMap;

use super::source::{Source, all_sources, code};

/// Words that no identifier and no file name contains: metaphors and private terms with a standard equivalent.
const BANNED_WORDS: [&str; 33] = [
    "anew",
    "anybody",
    "asker",
    "crowd",
    "desk",
    "dossier",
    "dossiers",
    "everybody",
    "heard",
    "hurt",
    "letter",
    "lettings",
    "looker",
    "meanwhile",
    "nobody",
    "notebook",
    "settle",
    "settles",
    "shelf",
    "shelves",
    "somebody",
    "stray",
    "tally",
    "telling",
    "tick",
    "told",
    "topic",
    "topics",
    "town",
    "vain",
    "victim",
    "whoever",
    "witness",
];

/// Words with which no doc comment begins, because they introduce a question or a riddle.
const BANNED_OPENINGS: [&str; 7] = ["What", "How", "Why", "Where", "When", "Who", "Whether"];

/// The words of an identifier in lower case: `parseHTTPHead_2` has `parse`, `http`, `head` and `2`.
fn words(identifier: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let characters: Vec<char> = identifier.chars().collect();
    for (at, &character) in characters.iter().enumerate() {
        let after_lower = at > 0 && characters[at - 1].is_lowercase();
        let before_lower = characters.get(at + 1).is_some_and(|it| it.is_lowercase());
        if character == '_' || character.is_uppercase() && (after_lower || before_lower) {
            words.push(String::new());
        }
        if character != '_' {
            words.last_mut().unwrap().extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The banned word in an identifier, if any.
fn banned(identifier: &str) -> Option<String> {
    words(identifier)
        .into_iter()
        .find(|word| BANNED_WORDS.contains(&word.as_str()))
}

/// Identifiers of a line of code, without those after a dot, whose declaration is elsewhere.
fn identifiers(line: &str) -> impl Iterator<Item = &str> {
    let is_identifier = |it: char| it.is_alphanumeric() || it == '_';
    let mut rest = line;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(is_identifier)?;
            let after_dot = rest[..start].ends_with('.') && !rest[..start].ends_with("..");
            let found = &rest[start..];
            let length = found.find(|it| !is_identifier(it)).unwrap_or(found.len());
            rest = &found[length..];
            if !after_dot {
                return Some(&found[..length]);
            }
        }
    })
}

fn banned_in(source: &Source) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let name = source.path.rsplit('/').next().unwrap();
    if let Some(word) = banned(name.trim_end_matches(".rs")) {
        found.insert(format!("{word} (file name)"), 1);
    }
    for line in code(&source.text).lines() {
        for identifier in identifiers(line) {
            if let Some(word) = banned(identifier) {
                *found.entry(format!("{word} ({identifier})")).or_default() += 1;
            }
        }
    }
    found
}

#[test]
fn no_identifier_has_a_banned_word() {
    let mut found = Vec::new();
    for source in all_sources() {
        let words = banned_in(&source);
        if !words.is_empty() {
            let words: Vec<_> = words
                .iter()
                .map(|(word, count)| format!("{word} {count}×"))
                .collect();
            found.push(format!("{}: {}", source.path, words.join(", ")));
        }
    }
    assert!(
        found.is_empty(),
        "banned words in {} files:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn no_doc_comment_begins_with_a_question() {
    let mut found = Vec::new();
    for source in all_sources() {
        let mut in_comment = false;
        for (n, line) in source.text.lines().enumerate() {
            let line = line.trim_start();
            let doc = ["///", "//!"]
                .into_iter()
                .find_map(|mark| line.strip_prefix(mark));
            let opening = doc.and_then(|text| text.split_whitespace().next());
            if !in_comment && opening.is_some_and(|word| BANNED_OPENINGS.contains(&word)) {
                found.push(format!("{}:{}: {line}", source.path, n + 1));
            }
            in_comment = doc.is_some();
        }
    }
    assert!(
        found.is_empty(),
        "{} doc comments begin with a question word:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn identifiers_are_split_into_words() {
    assert_eq!(
        words("parseHTTPHead_told"),
        ["parse", "http", "head", "told"]
    );
    assert_eq!(
        words("SETTLE_NOW").first().map(String::as_str),
        Some("settle")
    );
    assert_eq!(
        identifiers("a.tick(b..c, told)").collect::<Vec<_>>(),
        ["a", "b", "c", "told"]
    );
}
