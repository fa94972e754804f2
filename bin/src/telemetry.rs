//! Logs, on standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{Environment, Settings};

/// What strangers send that is no HTTP would fill the log: `actix_http` is answering it, and says so as an error.
const DEFAULT: &str = "info,actix_server=warn,actix_http=off";

/// Lines to read in development, JSON in production. A second call changes nothing.
pub(crate) fn start(settings: &Settings) {
    let filter = EnvFilter::new(settings.log.as_deref().unwrap_or(DEFAULT));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let _already_started = match settings.environment {
        Environment::Production => logs.json().flatten_event(true).try_init(),
        Environment::Development => logs.with_ansi(std::io::stderr().is_terminal()).try_init(),
    };
    for warning in &settings.warnings {
        tracing::warn!("{warning}");
    }
}
