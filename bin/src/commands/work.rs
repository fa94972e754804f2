//! `sojourn work`

use std::sync::Arc;

use sojourn_metrics::Metrics;
use tokio::sync::{mpsc, watch};

use super::CommandError;
use super::shutdown::shutdown_signal;
use crate::app::StartError;
use crate::config::Settings;
use crate::gateway_events::{self, process_gateway_events};
use crate::metrics::{self, MetricsListener};
use crate::terminal::print_line;
use crate::wiring::{self, CacheAndLimits, Dependencies};
use crate::worker::Worker;

/// Runs background jobs until a shutdown signal.
pub(super) async fn run(settings: &Settings) -> Result<(), CommandError> {
    settings.check_secrets()?;
    let listener = metrics::bind(settings)?;
    let metrics = Metrics::new(env!("CARGO_PKG_VERSION")).map_err(StartError::from)?;
    let database = wiring::database(settings).await?;
    let clock = wiring::clock(None);
    let terms = wiring::terms(settings, &database, clock.as_ref()).await?;
    let (events, incoming_events) = mpsc::channel(gateway_events::CHANNEL_CAPACITY);
    let cache_and_limits = CacheAndLimits::for_server(settings).await?;
    let ports = wiring::ports(
        settings,
        &database,
        Dependencies {
            clock,
            terms,
            events: Some(events),
            cache_and_limits,
        },
    )?;
    let ports = metrics.observe(ports);
    let (stop, shutdown) = watch::channel(false);
    tokio::spawn(process_gateway_events(
        ports.clone(),
        incoming_events,
        shutdown.clone(),
    ));
    if let Some(listener) = listener {
        let sources = metrics::sources(settings, &database, &ports);
        MetricsListener::start(
            listener,
            metrics.clone(),
            database.clone(),
            sources,
            shutdown.clone(),
        )?;
    }
    let worker = Worker::start(
        ports,
        Arc::new(database),
        settings.base_url(settings.listen),
        &metrics,
        shutdown,
    );
    print_line(format_args!(
        "running background jobs of {}",
        settings.database
    ));
    let signal = shutdown_signal().await;
    let _already_ended = stop.send(true);
    worker.finish().await;
    signal.map_err(CommandError::io("signals"))?;
    tracing::info!("stopped");
    Ok(())
}
