//! The Rust sources of the workspace, and their tokens.

use std::fs;
use std::path::{Path, PathBuf};

/// The top-level folders with sources.
pub const FOLDERS: [&str; 5] = ["domain", "application", "adapters", "bin", "tests"];

/// A Rust source file.
pub struct Source {
    /// Relative to the workspace, with `/`.
    pub path: String,
    pub text: String,
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Every Rust source file below a folder, in order of the paths.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root(), &root().join(folder), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Every Rust source file of the workspace.
pub fn all_sources() -> Vec<Source> {
    let all: Vec<_> = FOLDERS.into_iter().flat_map(sources).collect();
    assert!(all.len() > 50, "only {} files were found", all.len());
    all
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let relative = path.strip_prefix(root).unwrap();
            found.push(Source {
                path: relative.to_str().unwrap().replace('\\', "/"),
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

/// The code with comments and the contents of literals replaced by blanks; line breaks stay.
pub fn code(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes[at..].starts_with(b"//") => find(bytes, at, b"\n"),
            b'/' if bytes[at..].starts_with(b"/*") => find(bytes, at, b"*/") + 2,
            b'"' => end_of_string(bytes, at + 1),
            b'r' if !is_word(bytes, at) => end_of_raw_string(bytes, at),
            b'\'' => end_of_char(bytes, at),
            _ => at,
        };
        let end = end.min(bytes.len());
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    String::from_utf8(code).unwrap()
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    let rest = &bytes[from..];
    let found = rest.windows(what.len()).position(|part| part == what);
    from + found.unwrap_or(rest.len())
}

/// True if the preceding byte belongs to a word.
fn is_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn end_of_raw_string(bytes: &[u8], start: usize) -> usize {
    let hashes = bytes[start + 1..].iter().take_while(|&&it| it == b'#');
    let hashes = hashes.count();
    match bytes.get(start + 1 + hashes) {
        Some(b'"') => {
            let end = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
            find(bytes, start + 2 + hashes, &end) + end.len()
        }
        _ => start,
    }
}

/// The end of a character literal; the start when it is a lifetime.
fn end_of_char(bytes: &[u8], start: usize) -> usize {
    if bytes.get(start + 1) == Some(&b'\\') {
        return find(bytes, start + 3, b"'") + 1;
    }
    let next = std::str::from_utf8(&bytes[start + 1..(start + 5).min(bytes.len())]);
    let width = match next {
        Ok(text) => text.chars().next().map_or(1, char::len_utf8),
        Err(error) => error.valid_up_to().max(1),
    };
    match bytes.get(start + 1 + width) {
        Some(b'\'') => start + 2 + width,
        _ => start,
    }
}

#[test]
fn comments_and_literals_are_blanked() {
    let text =
        "let a = \"x // y\"; // told\nlet b = 'n'; /* c */ fn f<'a>() { r#\"\"q\"#; '\\''; 'é'; }";
    let blanked = code(text);
    let words: Vec<_> = blanked.split_whitespace().collect();
    let expected = "let a = ; let b = ; fn f<'a>() { ; ; ; }";
    assert_eq!(words.join(" "), expected);
    assert_eq!(blanked.lines().count(), text.lines().count());
}
