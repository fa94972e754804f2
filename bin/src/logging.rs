//! Logging to standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::{Environment, Settings};

/// `actix_http` is off because it logs an error for every malformed request, which any client can
/// cause.
const DEFAULT_FILTER: &str = "info,actix_server=warn,actix_http=off";

/// Logs lines of text in development and JSON in production. A second call has no effect.
pub(crate) fn init(settings: &Settings) {
    let filter = EnvFilter::new(settings.log.as_deref().unwrap_or(DEFAULT_FILTER));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let _already_started = match settings.environment {
        Environment::Production => {
            // The request of a line stands in it once, as `span`.
            let lines = logs.json().flatten_event(true).with_span_list(false);
            lines.try_init()
        }
        Environment::Development => logs.with_ansi(std::io::stderr().is_terminal()).try_init(),
    };
    for warning in &settings.warnings {
        tracing::warn!("{warning}");
    }
}
