//! State of the HTTP adapter.

use std::sync::Arc;

use sojourn_application::ports::Ports;
use sojourn_http::{AppState, Observer};
use sojourn_persistence::Database;

use crate::config::{Environment, Settings};

/// The state of the HTTP adapter.
pub(crate) fn app_state(
    settings: &Settings,
    database: Database,
    ports: Ports,
    observer: Arc<dyn Observer>,
) -> AppState {
    AppState {
        ports,
        idempotency: Arc::new(database),
        cors_origins: settings.cors_origins.clone(),
        production: settings.environment == Environment::Production,
        proxies: settings.trusted_proxies.clone(),
        observer,
    }
}
