//! `sojourn import …`

use super::CommandError;
use crate::config::Settings;
use crate::import::{self, ImportArgs};
use crate::terminal::{Progress, print_line};
use crate::wiring::{self, CacheAndLimits};

/// Imports a city and prints the outcome for each file.
pub(super) async fn run(settings: &Settings, args: ImportArgs) -> Result<(), CommandError> {
    let cache_and_limits = CacheAndLimits::for_command(settings).await?;
    let database = wiring::database(settings).await?;
    let progress = Progress::to_terminal();
    let now = wiring::clock(None).now();
    let loaded = import::inside_airbnb(args, &database, &progress, now).await;
    progress.finish();
    cache_and_limits.clear_cache().await;
    print_line(loaded?.to_string().trim_end());
    Ok(())
}
