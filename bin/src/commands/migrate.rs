//! `sojourn migrate`

use sojourn_persistence::{Database, OpenOptions};
use tokio::task::spawn_blocking;

use super::CommandError;
use crate::app::StartError;
use crate::config::Settings;
use crate::terminal::print_line;

/// Applies pending migrations and lists them.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    if settings.database.is_embedded() {
        settings.create_data_dir()?;
    }
    let url = settings.database.as_str().to_owned();
    let options = OpenOptions {
        threads: 1,
        signer: None,
    };
    let migrated = spawn_blocking(move || Database::open(&url, options)?.migrate());
    let applied = migrated
        .await
        .map_err(|error| StartError::Runtime(error.to_string()))??;
    for migration in &applied {
        print_line(format_args!("applied {migration}"));
    }
    print_line(format_args!(
        "{} is up to date ({} migrations applied)",
        settings.database,
        applied.len()
    ));
    Ok(())
}
