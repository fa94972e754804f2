//! `sojourn serve`

use super::CommandError;
use super::shutdown::shutdown_signal;
use crate::app::{self, Backends, Overrides, RunningServer};
use crate::cli::ServeArgs;
use crate::config::Settings;
use crate::terminal::print_line;

/// Serves until a shutdown signal.
pub(super) async fn run(settings: &Settings, args: &ServeArgs) -> Result<(), CommandError> {
    settings.check_secrets()?;
    let listener = app::bind(settings)?;
    let running = app::start_on(listener, settings, Overrides::default(), !args.no_worker).await?;
    let worker = if args.no_worker {
        "disabled"
    } else {
        "enabled"
    };
    let address = running.addr;
    let Backends { cache, limits } = running.backends;
    tracing::info!(%address, database = %settings.database, cache, limits, worker, "serving");
    print_line(format_args!("listening on {}", running.url()));
    serve_until_shutdown(running).await
}

/// Returns after a shutdown signal, or when the server ends by itself.
pub(super) async fn serve_until_shutdown(mut running: RunningServer) -> Result<(), CommandError> {
    tokio::select! {
        ended = running.wait() => return ended.map_err(CommandError::io("the server stopped")),
        signal = shutdown_signal() => signal.map_err(CommandError::io("signals"))?,
    }
    running
        .stop()
        .await
        .map_err(CommandError::io("the server did not stop cleanly"))?;
    tracing::info!("stopped");
    Ok(())
}
