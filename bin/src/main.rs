//! The `sojourn` program.

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;
use sojourn::cli::Cli;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match sojourn::commands::run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
