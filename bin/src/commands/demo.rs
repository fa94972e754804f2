//! `sojourn demo`

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use sojourn_payments::SimulatedGateway;

use super::CommandError;
use super::demo_accounts::{self, Accounts};
use super::demo_guide::guide;
use super::serve::serve_until_shutdown;
use crate::app::{self, Overrides};
use crate::config::{DatabaseUrl, Settings};
use crate::seed::{self, SeedArgs};
use crate::terminal::print_line;
use crate::wiring::{self, Dependencies};

/// Folder of the demo below the data folder. The demo deletes its own database and payment journal
/// at each start, and nothing else.
const DATA_SUBFOLDER: &str = "demo";
const DATABASE_FILE: &str = "demo.db";

/// Creates the sample marketplace, prints how to use it, and serves it.
pub(super) async fn run(mut settings: Settings) -> Result<(), CommandError> {
    if !settings.database.is_embedded() {
        tracing::warn!("DATABASE_URL is ignored: the demo uses an SQLite database of its own");
    }
    settings.check_secrets()?;
    if settings.redis.take().is_some() {
        tracing::warn!(
            "REDIS_URL is ignored: the demo keeps cache and rate limits in its own process"
        );
    }
    let listener = app::bind(&settings)?;
    settings.data_dir = settings.data_dir.join(DATA_SUBFOLDER);
    settings.database = DatabaseUrl::embedded_in(&settings.data_dir, DATABASE_FILE);
    delete_previous_demo(&settings.data_dir)?;
    print_line("preparing the demo …");
    let accounts = fill(&settings).await?;
    let running = app::start_on(listener, &settings, Overrides::default(), true).await?;
    print_line(guide(
        &running.url(),
        &settings.data_dir,
        &accounts,
        running.ports.clock.now().date_naive(),
    ));
    print_line(format_args!("listening on {}", running.url()));
    serve_until_shutdown(running).await
}

fn delete_previous_demo(folder: &Path) -> Result<(), CommandError> {
    let database = ["", "-wal", "-shm"].map(|suffix| format!("{DATABASE_FILE}{suffix}"));
    for file in database
        .into_iter()
        .chain([SimulatedGateway::JOURNAL_FILE.to_owned()])
    {
        let path = folder.join(file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(CommandError::io(path.display().to_string())(error));
            }
            _ => {}
        }
    }
    Ok(())
}

async fn fill(settings: &Settings) -> Result<Accounts, CommandError> {
    let database = wiring::database(settings).await?;
    let ports = wiring::ports(
        settings,
        &database,
        Dependencies::for_command(settings).await?,
    )?;
    let args = SeedArgs {
        properties: 30,
        bookings: 60,
        seed: 1,
    };
    seed::seed(args, &database, ports.clock.now()).await?;
    demo_accounts::create(&ports).await
}
