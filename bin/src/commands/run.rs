//! Dispatch from the command line to the command.

use std::process::ExitCode;

use super::{
    CommandError, admin, completions, config, copy, demo, doctor, graphql_schema, health, import,
    jobs, man, migrate, openapi, seed, serve, work,
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
    if let Some(done) = run_without_settings(&cli.command) {
        return done.map(|()| ExitCode::SUCCESS);
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
        Command::Copy(args) => copy::run(&settings, &args).await,
        Command::Migrate => migrate::run(&settings).await,
        Command::Jobs(command) => jobs::run(&settings, command).await,
        Command::Admin(AdminCommand::Create(args)) => admin::create(&settings, args).await,
        // Done before the settings were read.
        Command::Config(_)
        | Command::Openapi
        | Command::GraphqlSchema
        | Command::Completions(_)
        | Command::Man(_) => Ok(()),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Runs a command that needs neither configuration nor database; `None` for any other.
fn run_without_settings(command: &Command) -> Option<Result<(), CommandError>> {
    match command {
        Command::Openapi => Some(openapi::run()),
        Command::GraphqlSchema => Some(graphql_schema::run()),
        Command::Completions(args) => Some(completions::run(args)),
        Command::Man(args) => Some(man::run(args)),
        _ => None,
    }
}
