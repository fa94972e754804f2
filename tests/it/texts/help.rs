//! Help texts of the program.

use clap::{Command, CommandFactory as _};
use sojourn::cli::Cli;

/// Columns of the texts, as in a wide terminal.
const COLUMNS: usize = 120;

/// Appends the page of a command and those of its commands.
fn append_pages(command: &Command, path: &str, pages: &mut String) {
    let text = command
        .clone()
        .bin_name(path)
        .term_width(COLUMNS)
        .render_long_help();
    pages.push_str(&format!("$ {path} --help\n{text}\n"));
    for inner in command.get_subcommands() {
        if inner.get_name() != "help" {
            append_pages(inner, &format!("{path} {}", inner.get_name()), pages);
        }
    }
}

#[test]
fn help_of_every_command() {
    let mut pages = String::new();
    append_pages(&Cli::command(), "sojourn", &mut pages);
    insta::assert_snapshot!("help", pages);
}
