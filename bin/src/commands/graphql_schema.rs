//! `sojourn graphql-schema`

use std::io::Write as _;

use super::CommandError;

/// Prints the schema. Needs neither configuration nor database.
pub(super) fn run() -> Result<(), CommandError> {
    let schema = sojourn_graphql::sdl();
    writeln!(std::io::stdout().lock(), "{}", schema.trim_end())
        .map_err(CommandError::io("standard output"))
}
