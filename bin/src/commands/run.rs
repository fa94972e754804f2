//! From the command line to the command.

use super::{CommandError, admin, demo, import, migrate, openapi, seed, serve, work};
use crate::cli::{AdminCommand, Cli, Command, ImportSource};
use crate::config::{Settings, Sources};
use crate::telemetry;

/// Does what the command line says.
///
/// # Errors
/// [`CommandError`].
pub async fn run(cli: Cli) -> Result<(), CommandError> {
    if matches!(cli.command, Command::Openapi) {
        return openapi::run();
    }
    let settings = Settings::load(&Sources::read(cli.config.as_deref())?)?;
    telemetry::start(&settings);
    match cli.command {
        Command::Serve(args) => serve::run(&settings, &args).await,
        Command::Work => work::run(&settings).await,
        Command::Demo => demo::run(settings).await,
        Command::Import(ImportSource::InsideAirbnb(args)) => import::run(&settings, args).await,
        Command::Seed(args) => seed::run(&settings, args).await,
        Command::Migrate => migrate::run(&settings).await,
        Command::Openapi => openapi::run(),
        Command::Admin(AdminCommand::Create(args)) => admin::create(&settings, args).await,
    }
}
