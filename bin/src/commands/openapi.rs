//! `sojourn openapi`

use std::io::Write as _;

use super::CommandError;

/// Prints the document. Needs neither configuration nor database.
pub(super) fn run() -> Result<(), CommandError> {
    let document = sojourn_http::openapi_json();
    writeln!(std::io::stdout().lock(), "{}", document.trim_end())
        .map_err(CommandError::io("standard output"))
}
