//! `sojourn migrate`

use sojourn_persistence::{Database, OpenOptions};

use super::CommandError;
use crate::config::Settings;
use crate::terminal::print_line;
use crate::wiring;

/// A database for one command, which appends nothing to the audit log.
pub(super) const OPTIONS: OpenOptions = OpenOptions {
    threads: 1,
    signer: None,
};

/// Opens the database and applies pending migrations, which are returned too.
pub(super) async fn open_migrated(
    settings: &Settings,
) -> Result<(Database, Vec<String>), CommandError> {
    if settings.database.is_embedded() {
        settings.create_data_dir()?;
    }
    let database = wiring::open(settings, OPTIONS).await?;
    let migrated = database.clone();
    let applied = wiring::in_background(move || Ok(migrated.migrate()?)).await?;
    Ok((database, applied))
}

/// Applies pending migrations and lists them.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    let (_, applied) = open_migrated(settings).await?;
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
