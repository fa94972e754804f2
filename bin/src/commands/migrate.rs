//! `sojourn migrate`

use sojourn_persistence::OpenOptions;

use super::CommandError;
use crate::config::Settings;
use crate::terminal::print_line;
use crate::wiring;

/// Applies pending migrations and lists them.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    if settings.database.is_embedded() {
        settings.create_data_dir()?;
    }
    let options = OpenOptions {
        threads: 1,
        signer: None,
    };
    let database = wiring::open(settings, options).await?;
    let applied = wiring::in_background(move || Ok(database.migrate()?)).await?;
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
