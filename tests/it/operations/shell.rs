//! Completions for shells, and manual pages.

use std::collections::BTreeSet;
use std::fs;

use clap::{Command, CommandFactory as _};
use sojourn::cli::Cli;

use crate::security::support::process::Program;

/// The pages of a command and of those below it.
fn pages(command: &Command, path: &str, found: &mut BTreeSet<String>) {
    found.insert(format!("{path}.1"));
    for inner in command.get_subcommands() {
        pages(inner, &format!("{path}-{}", inner.get_name()), found);
    }
}

#[test]
fn completions_name_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ended = Program::run(&["completions", shell], &[]).end();
        assert_eq!(ended.code, Some(0), "{}", ended.log);
        for word in ["graphql-schema", "no-worker", "set_aside"] {
            // PowerShell and Elvish complete no values.
            let value = word == "set_aside" && ["elvish", "powershell"].contains(&shell);
            assert!(value || ended.said.contains(word), "{shell}: {word}");
        }
    }
    let unknown = Program::run(&["completions", "tcsh"], &[]).end();
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.log.contains("possible values: bash"),
        "{}",
        unknown.log
    );
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = std::env::temp_dir().join(format!("sojourn-man-{}", std::process::id()));
    let ended = Program::run(&["man", folder.to_str().unwrap()], &[]).end();
    assert_eq!(ended.code, Some(0), "{}", ended.log);
    let written = fs::read_dir(&folder).unwrap();
    let written: BTreeSet<String> = written
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut expected = BTreeSet::new();
    pages(&Cli::command(), "sojourn", &mut expected);
    assert_eq!(written, expected);
    let page = fs::read_to_string(folder.join("sojourn-jobs-retry.1")).unwrap();
    assert!(page.contains("Remove the cause first"), "{page}");
    fs::remove_dir_all(&folder).unwrap();
}
