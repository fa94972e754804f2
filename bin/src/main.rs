//! The `sojourn` program.

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;
use sojourn::cli::Cli;
use sojourn::commands;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let failure_exit_code = commands::failure_exit_code(&cli.command);
    match commands::run(cli).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            error.exit_code().unwrap_or(failure_exit_code)
        }
    }
}
