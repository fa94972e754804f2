//! `sojourn migrate`

use sojourn_persistence::{Database, OpenOptions};
use tokio::task::spawn_blocking;

use super::CommandError;
use crate::app::StartError;
use crate::config::Settings;
use crate::progress::say;

/// Applies what is missing and lists it.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    if settings.database.is_embedded() {
        settings.make_data_dir()?;
    }
    let url = settings.database.as_str().to_owned();
    let migrated =
        spawn_blocking(move || Database::open(&url, OpenOptions { threads: 1 })?.migrate());
    let applied = migrated
        .await
        .map_err(|error| StartError::Thread(error.to_string()))??;
    for migration in &applied {
        say(format_args!("applied {migration}"));
    }
    say(format_args!(
        "{} is up to date ({} migrations applied)",
        settings.database,
        applied.len()
    ));
    Ok(())
}
