//! Sizes of files, folders and lines.

use std::collections::BTreeMap;

use super::source::all_sources;

const MAX_FILE_LINES: usize = 400;
const MAX_FOLDER_FILES: usize = 20;
/// Columns of a comment line; rustfmt formats the code.
const MAX_COMMENT_COLUMNS: usize = 120;

#[test]
fn no_file_is_too_long() {
    let mut found = Vec::new();
    for source in all_sources() {
        let lines = source.text.lines().count();
        if lines > MAX_FILE_LINES {
            found.push(format!("{}: {lines} lines", source.path));
        }
    }
    assert!(
        found.is_empty(),
        "over {MAX_FILE_LINES} lines:\n{}",
        found.join("\n")
    );
}

#[test]
fn no_folder_has_too_many_files() {
    let mut counts = BTreeMap::<String, usize>::new();
    for source in all_sources() {
        let (folder, _) = source.path.rsplit_once('/').unwrap();
        if !folder.split('/').any(|part| part == "tests") {
            *counts.entry(folder.to_owned()).or_default() += 1;
        }
    }
    let found: Vec<_> = counts
        .iter()
        .filter(|(_, count)| **count > MAX_FOLDER_FILES)
        .map(|(folder, count)| format!("{folder}: {count} files"))
        .collect();
    assert!(
        found.is_empty(),
        "over {MAX_FOLDER_FILES} Rust files:\n{}",
        found.join("\n")
    );
}

#[test]
fn no_comment_line_is_too_wide() {
    let mut found = Vec::new();
    for source in all_sources() {
        for (n, line) in source.text.lines().enumerate() {
            let columns = line.chars().count();
            let comment = line.trim_start();
            // A row of a table cannot be broken.
            let is_table = comment.starts_with("//! |") || comment.starts_with("/// |");
            if comment.starts_with("//") && !is_table && columns > MAX_COMMENT_COLUMNS {
                found.push(format!("{}:{}: {columns} columns", source.path, n + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
