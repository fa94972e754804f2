//! `sojourn man`

use std::fs;

use clap::CommandFactory as _;
use clap_mangen::generate_to;

use super::CommandError;
use crate::cli::{Cli, ManArgs};

/// Writes a manual page for each command. Needs neither configuration nor database.
pub(super) fn run(args: &ManArgs) -> Result<(), CommandError> {
    let folder = &args.folder;
    let failed = || CommandError::io(folder.display().to_string());
    fs::create_dir_all(folder).map_err(failed())?;
    // Each command would have a page about its own help otherwise.
    let command = Cli::command().disable_help_subcommand(true);
    generate_to(command, folder).map_err(failed())?;
    println!("Manual pages are in {}.", folder.display());
    Ok(())
}
