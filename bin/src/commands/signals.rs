//! When to stop.

use std::io;

/// Waits for Ctrl-C or SIGTERM.
#[cfg(unix)]
pub(super) async fn asked_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    tracing::info!("stopping");
    Ok(())
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(super) async fn asked_to_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
