//! `sojourn doctor`

use std::path::Path;
use std::process::ExitCode;

use sojourn_application::doctor::examine;

use super::CommandError;
use super::doctor_report::{json, sound, text};
use crate::cli::DoctorArgs;
use crate::config::Settings;
use crate::progress::{Progress, say};
use crate::wiring::{self, Fittings};

/// What the program ends with when something is wrong with the data.
const FINDINGS: u8 = 1;
/// What it ends with when the data could not be examined.
pub(crate) const NOT_EXAMINED: u8 = 2;

/// Examines every booking, payment, entry of the journal and line of the audit log, and tells what is wrong and what
/// to do about it.
pub(super) async fn run(settings: &Settings, args: &DoctorArgs) -> Result<ExitCode, CommandError> {
    refuse_missing_file(settings)?;
    let database = wiring::database(settings).await?;
    let ports = wiring::ports(settings, &database, Fittings::of_reader(settings))?;
    let progress = Progress::to_terminal();
    let mut begun = false;
    let mut show = |done, all| {
        if !begun {
            progress.begin("bookings", Some(all));
            begun = true;
        }
        progress.set(done);
    };
    let report = examine(&ports, &mut show).await;
    progress.finish();
    let report = report?;
    say(if args.json {
        json(&report)
    } else {
        text(&report)
    });
    Ok(if sound(&report) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FINDINGS)
    })
}

/// An embedded database that is not there would be made, and found clean.
fn refuse_missing_file(settings: &Settings) -> Result<(), CommandError> {
    let file = settings.database.as_str().strip_prefix("sqlite://");
    let file = file.map(|path| path.split_once('?').map_or(path, |(path, _)| path));
    match file {
        Some(path) if !Path::new(path).exists() => {
            Err(CommandError::NothingToExamine(path.to_owned()))
        }
        _ => Ok(()),
    }
}
