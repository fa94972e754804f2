//! `sojourn serve`

use super::CommandError;
use super::signals::asked_to_stop;
use crate::app::{self, Backends, Overrides, Running};
use crate::cli::ServeArgs;
use crate::config::Settings;
use crate::progress::say;

/// Serves until it is asked to stop.
pub(super) async fn run(settings: &Settings, args: &ServeArgs) -> Result<(), CommandError> {
    settings.check_secrets()?;
    let listener = app::bind(settings)?;
    let running = app::start_on(listener, settings, Overrides::default(), !args.no_worker).await?;
    let worker = if args.no_worker {
        "elsewhere"
    } else {
        "in this process"
    };
    let (address, Backends { cache, limits }) = (running.addr, running.backends);
    tracing::info!(%address, database = %settings.database, cache, limits, worker, "serving");
    say(format_args!("listening on {}", running.url()));
    until_asked_to_stop(running).await
}

/// Ends when it is asked to, or when the server does by itself.
pub(super) async fn until_asked_to_stop(mut running: Running) -> Result<(), CommandError> {
    tokio::select! {
        ended = running.ended() => return ended.map_err(CommandError::io("the server stopped")),
        asked = asked_to_stop() => asked.map_err(CommandError::io("signals"))?,
    }
    running
        .stop()
        .await
        .map_err(CommandError::io("the server did not stop cleanly"))
}
