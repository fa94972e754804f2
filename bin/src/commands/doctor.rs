//! `sojourn doctor`

mod advice;
mod report;

use std::path::Path;
use std::process::ExitCode;

use sojourn_application::integrity::check;

use super::CommandError;
use crate::cli::DoctorArgs;
use crate::config::Settings;
use crate::terminal::{Progress, print_line};
use crate::wiring::{self, Dependencies};
use report::{is_clean, render_json, render_text};

/// Exit code when inconsistencies were found.
const FINDINGS_FOUND: u8 = 1;
/// Exit code when the data could not be checked.
pub(crate) const CHECK_FAILED: u8 = 2;

/// Checks every booking, payment, journal entry and audit log line, and reports each inconsistency
/// with advice.
pub(super) async fn run(settings: &Settings, args: &DoctorArgs) -> Result<ExitCode, CommandError> {
    require_existing_file(settings)?;
    let database = wiring::database(settings).await?;
    let ports = wiring::ports(
        settings,
        &database,
        Dependencies::for_read_only_command(settings),
    )?;
    let progress = Progress::to_terminal();
    let mut begun = false;
    let mut show = |done, all| {
        if !begun {
            progress.begin("bookings", Some(all));
            begun = true;
        }
        progress.set(done);
    };
    let report = check(&ports, &mut show).await;
    progress.finish();
    let report = report?;
    print_line(if args.json {
        render_json(&report)
    } else {
        render_text(&report)
    });
    Ok(if is_clean(&report) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FINDINGS_FOUND)
    })
}

/// A missing SQLite file would be created empty and pass the check.
pub(super) fn require_existing_file(settings: &Settings) -> Result<(), CommandError> {
    let file = settings.database.as_str().strip_prefix("sqlite://");
    let file = file.map(|path| path.split_once('?').map_or(path, |(path, _)| path));
    match file {
        Some(path) if !Path::new(path).exists() => {
            Err(CommandError::DatabaseNotFound(path.to_owned()))
        }
        _ => Ok(()),
    }
}
