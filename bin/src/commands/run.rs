//! From the command line to the command.

use std::process::ExitCode;

use super::{CommandError, admin, demo, doctor, import, migrate, openapi, seed, serve, work};
use crate::cli::{AdminCommand, Cli, Command, ImportSource};
use crate::config::{Settings, Sources};
use crate::telemetry;

/// What the program ends with when a command fails.
#[must_use]
pub fn failure(command: &Command) -> ExitCode {
    match command {
        Command::Doctor(_) => ExitCode::from(doctor::NOT_EXAMINED),
        _ => ExitCode::FAILURE,
    }
}

/// Does what the command line says, and tells what the program ends with.
///
/// # Errors
/// [`CommandError`]; the program ends with [`failure`] then.
pub async fn run(cli: Cli) -> Result<ExitCode, CommandError> {
    if matches!(cli.command, Command::Openapi) {
        openapi::run()?;
        return Ok(ExitCode::SUCCESS);
    }
    let settings = Settings::load(&Sources::read(cli.config.as_deref())?)?;
    telemetry::start(&settings);
    match cli.command {
        Command::Doctor(args) => return doctor::run(&settings, &args).await,
        Command::Serve(args) => serve::run(&settings, &args).await,
        Command::Work => work::run(&settings).await,
        Command::Demo => demo::run(settings).await,
        Command::Import(ImportSource::InsideAirbnb(args)) => import::run(&settings, args).await,
        Command::Seed(args) => seed::run(&settings, args).await,
        Command::Migrate => migrate::run(&settings).await,
        Command::Openapi => openapi::run(),
        Command::Admin(AdminCommand::Create(args)) => admin::create(&settings, args).await,
    }?;
    Ok(ExitCode::SUCCESS)
}
