//! `sojourn completions`

use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::generate;

use super::CommandError;
use crate::cli::{Cli, CompletionsArgs};

/// Prints the script that completes commands and options. Needs neither configuration nor database.
pub(super) fn run(args: &CompletionsArgs) -> Result<(), CommandError> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "sojourn", &mut script);
    std::io::stdout()
        .lock()
        .write_all(&script)
        .map_err(CommandError::io("standard output"))
}
