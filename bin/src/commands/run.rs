//! Dispatch from the command line to the command.

use std::process::ExitCode;

use super::{
    CommandError, admin, config, demo, doctor, graphql_schema, health, import, jobs, migrate,
    openapi, seed, serve, work,
};
use crate::backup;
use crate::cli::{AdminCommand, Cli, Command, ImportSource};
use crate::config::{Settings, Sources};
use crate::logging;

/// Exit code of a command that returns an error.
#[must_use]
pub fn failure_exit_code(command: &Command) -> ExitCode {
    match command {
        Command::Doctor(_) => ExitCode::from(doctor::CHECK_FAILED),
        _ => ExitCode::FAILURE,
    }
}

/// Runs the command and returns its exit code.
///
/// # Errors
/// [`CommandError`]; the exit code is then its own, or [`failure_exit_code`].
pub async fn run(cli: Cli) -> Result<ExitCode, CommandError> {
    match cli.command {
        Command::Openapi => return openapi::run().map(|()| ExitCode::SUCCESS),
        Command::GraphqlSchema => return graphql_schema::run().map(|()| ExitCode::SUCCESS),
        _ => {}
    }
    let sources = Sources::read(cli.config.as_deref())?;
    if let Command::Config(command) = &cli.command {
        config::run(&sources, command)?;
        return Ok(ExitCode::SUCCESS);
    }
    let settings = Settings::load(&sources)?;
    logging::init(&settings);
    match cli.command {
        Command::Doctor(args) => return doctor::run(&settings, &args).await,
        Command::Health(args) => return health::run(&settings, &args).await,
        Command::Serve(args) => serve::run(&settings, &args).await,
        Command::Work => work::run(&settings).await,
        Command::Demo(args) => demo::run(settings, args).await,
        Command::Import(ImportSource::InsideAirbnb(args)) => import::run(&settings, args).await,
        Command::Seed(args) => seed::run(&settings, args).await,
        Command::Backup(command) => Ok(backup::run(&settings, &command).await?),
        Command::Restore(args) => Ok(backup::restore(&settings, &args).await?),
        Command::Migrate => migrate::run(&settings).await,
        Command::Openapi => openapi::run(),
        Command::Config(command) => config::run(&sources, &command),
        Command::GraphqlSchema => graphql_schema::run(),
        Command::Jobs(command) => jobs::run(&settings, command).await,
        Command::Admin(AdminCommand::Create(args)) => admin::create(&settings, args).await,
    }?;
    Ok(ExitCode::SUCCESS)
}
