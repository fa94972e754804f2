//! `sojourn import …`

use super::CommandError;
use crate::config::Settings;
use crate::import::{self, ImportArgs};
use crate::progress::{Progress, say};
use crate::wiring::{self, Shared};

/// Loads a city and reports what became of every row.
pub(super) async fn run(settings: &Settings, args: ImportArgs) -> Result<(), CommandError> {
    let shared = Shared::of_command(settings).await?;
    let database = wiring::database(settings).await?;
    let progress = Progress::to_terminal();
    let now = wiring::clock(None).now();
    let loaded = import::inside_airbnb(args, &database, &progress, now).await;
    progress.finish();
    shared.forget_everything().await;
    say(loaded?.to_string().trim_end());
    Ok(())
}
