//! `sojourn demo`: a sample marketplace.

mod accounts;
mod clock;
mod examples;
mod guide;
mod interface;
mod stage;
mod timers;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use sojourn_application::ports::Clock;
use sojourn_domain::shared::Actor;
use sojourn_payments::SimulatedGateway;

use self::accounts::Accounts;
use self::examples::Showcase;
use self::guide::guide;
use self::interface::ClockControl;
use self::stage::Stage;
use super::CommandError;
use super::serve::serve_until_shutdown;
use crate::app::{self, Overrides};
use crate::cli::DemoArgs;
use crate::config::{DatabaseUrl, Settings};
use crate::seed::{self, SeedArgs};
use crate::terminal::print_line;
use crate::wiring::{self, Dependencies};

/// Folder of the demo below the data folder. The demo deletes its own database and payment journal
/// at each start, and nothing else.
const DATA_SUBFOLDER: &str = "demo";
const DATABASE_FILE: &str = "demo.db";

/// Creates the sample marketplace, prints how to use it, and serves it.
pub(super) async fn run(mut settings: Settings, args: DemoArgs) -> Result<(), CommandError> {
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
    let control = ClockControl::default();
    let (accounts, showcase) = fill(&settings, &control).await?;
    let overrides = Overrides {
        clock: Some(Arc::clone(&control.clock) as Arc<dyn Clock>),
        interfaces: args
            .clock
            .then(|| control.interface())
            .into_iter()
            .collect(),
        examples: showcase.map(|it| it.examples()),
        ..Overrides::default()
    };
    let running = app::start_on(listener, &settings, overrides, true).await?;
    control.ports.get_or_init(|| running.ports.clone());
    print_line(guide(
        &running.url(),
        &settings.data_dir,
        &accounts,
        args.clock,
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

/// Listings of the marketplace: sixty in each city, enough for a map.
const LISTINGS: SeedArgs = SeedArgs {
    properties: 720,
    bookings: 720,
    seed: 1,
};

async fn fill(
    settings: &Settings,
    control: &ClockControl,
) -> Result<(Accounts, Option<Showcase>), CommandError> {
    let database = wiring::database(settings).await?;
    let clock = Arc::clone(&control.clock) as Arc<dyn Clock>;
    let dependencies = Dependencies {
        terms: wiring::terms(settings, &database, clock.as_ref()).await?,
        clock,
        ..Dependencies::for_command(settings).await?
    };
    let ports = wiring::ports(settings, &database, dependencies)?;
    seed::seed(LISTINGS, &database, ports.clock.now()).await?;
    let accounts = accounts::create(&ports).await?;
    if let (Some(property), Some(guest)) = (&accounts.property, accounts.guest) {
        let parties = (Actor::member(property.host_id), Actor::member(guest));
        let clock = Arc::clone(&control.clock);
        let stage = Stage::new(ports, clock, parties, property.details.clone());
        let showcase = stage.play().await?;
        return Ok((accounts, Some(showcase)));
    }
    Ok((accounts, None))
}
