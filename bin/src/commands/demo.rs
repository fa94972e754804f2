//! `sojourn demo`

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use sojourn_payments::SimulatedGateway;

use super::CommandError;
use super::demo_accounts::{self, Accounts};
use super::demo_guide::guide;
use super::serve::until_asked_to_stop;
use crate::app::{self, Overrides};
use crate::config::{DatabaseUrl, Settings};
use crate::progress::say;
use crate::seed::{self, SeedArgs};
use crate::wiring::{self, Fittings};

/// In a folder of its own, whose database and payments are deleted first: the only things that the demo ever
/// deletes.
const FOLDER: &str = "demo";
const FILE: &str = "demo.db";

/// Makes a marketplace anew, tells how to get in, and serves it.
pub(super) async fn run(mut settings: Settings) -> Result<(), CommandError> {
    if !settings.database.is_embedded() {
        tracing::warn!("DATABASE_URL is left alone: the demo has an embedded database of its own");
    }
    settings.check_secrets()?;
    if settings.redis.take().is_some() {
        tracing::warn!(
            "REDIS_URL is left alone: the demo keeps cache and limits in its own process"
        );
    }
    let listener = app::bind(&settings)?;
    settings.data_dir = settings.data_dir.join(FOLDER);
    settings.database = DatabaseUrl::embedded_in(&settings.data_dir, FILE);
    delete_last_demo(&settings.data_dir)?;
    say("preparing the demo …");
    let accounts = fill(&settings).await?;
    let running = app::start_on(listener, &settings, Overrides::default(), true).await?;
    say(guide(
        &running.url(),
        &settings.data_dir,
        &accounts,
        running.ports.clock.now().date_naive(),
    ));
    say(format_args!("listening on {}", running.url()));
    until_asked_to_stop(running).await
}

fn delete_last_demo(folder: &Path) -> Result<(), CommandError> {
    let database = ["", "-wal", "-shm"].map(|suffix| format!("{FILE}{suffix}"));
    for file in database
        .into_iter()
        .chain([SimulatedGateway::FILE.to_owned()])
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
    let ports = wiring::ports(settings, &database, Fittings::of_command(settings).await?)?;
    let args = SeedArgs {
        properties: 30,
        bookings: 60,
        seed: 1,
    };
    seed::seed(args, &database, ports.clock.now()).await?;
    demo_accounts::make(&ports).await
}
