//! Shutdown signals of the operating system.

use std::io;

/// Waits for Ctrl-C or SIGTERM.
#[cfg(unix)]
pub(super) async fn shutdown_signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    tracing::info!("shutting down");
    Ok(())
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(super) async fn shutdown_signal() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
