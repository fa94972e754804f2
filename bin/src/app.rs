//! Starting and stopping the HTTP server with its worker.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use sojourn_application::ports::{Clock, Ports};
use sojourn_http::{AppState, ConnectionLimits, MountedInterface};
use sojourn_metrics::Metrics;
use sojourn_payments::GatewayEvent;
use sojourn_persistence::Database;
use tokio::sync::{mpsc, oneshot, watch};

use crate::config::{Environment, Settings};
use crate::gateway_events::{self, process_gateway_events};
use crate::metrics::{self, MetricsListener, ResponseObserver};
use crate::wiring::{self, CacheAndLimits, Dependencies};
pub use crate::wiring::{Backends, StartError};
use crate::worker::Worker;

/// Replacements that tests make for real components.
#[derive(Clone, Default)]
pub struct Overrides {
    /// Clock used instead of the system clock.
    pub clock: Option<Arc<dyn Clock>>,
    /// Wrapper around the ports.
    pub ports: Option<PortsDecorator>,
    /// Interfaces beside those of the marketplace.
    pub interfaces: Vec<MountedInterface>,
    /// Values with which the examples of the API document work.
    pub examples: Option<serde_json::Value>,
}

/// Wraps the ports, for example to inject failures.
pub type PortsDecorator = Arc<dyn Fn(Ports) -> Ports + Send + Sync>;

/// A running server. Dropping it stops it too, without waiting for requests in flight.
pub struct RunningServer {
    /// Address that the server listens on.
    pub addr: SocketAddr,
    /// Address of the listener of the metrics, if there is one.
    pub metrics_addr: Option<SocketAddr>,
    /// The ports that the server uses.
    pub ports: Ports,
    /// Backends of cache and rate limits.
    pub backends: Backends,
    stop: watch::Sender<bool>,
    server: oneshot::Receiver<io::Result<()>>,
    worker: Option<Worker>,
}

impl fmt::Debug for RunningServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningServer")
            .field("addr", &self.addr)
            .finish_non_exhaustive()
    }
}

/// Opens the listening socket, before anything else is touched.
///
/// # Errors
/// [`StartError::Listen`].
pub fn bind(settings: &Settings) -> Result<TcpListener, StartError> {
    TcpListener::bind(settings.listen).map_err(|error| StartError::Listen {
        address: settings.listen,
        error,
    })
}

/// Starts the server and its worker on the configured address.
///
/// # Errors
/// [`StartError`]; nothing is left running.
pub async fn start(settings: &Settings, overrides: Overrides) -> Result<RunningServer, StartError> {
    settings.check_secrets()?;
    start_on(bind(settings)?, settings, overrides, true).await
}

/// Starts the server on a socket that is already open, with or without a worker.
///
/// # Errors
/// [`StartError`]; nothing is left running.
pub async fn start_on(
    listener: TcpListener,
    settings: &Settings,
    mut overrides: Overrides,
    with_worker: bool,
) -> Result<RunningServer, StartError> {
    let addr = listener.local_addr().map_err(|error| StartError::Listen {
        address: settings.listen,
        error,
    })?;
    let metrics_listener = metrics::bind(settings)?;
    let metrics = Metrics::new(env!("CARGO_PKG_VERSION"))?;
    let database = wiring::database(settings).await?;
    let interfaces = std::mem::take(&mut overrides.interfaces);
    let examples = overrides.examples.take();
    let (events, incoming_events) = mpsc::channel(gateway_events::CHANNEL_CAPACITY);
    let (ports, backends) = make_ports(settings, &database, overrides, events, &metrics).await?;
    let (stop, shutdown) = watch::channel(false);
    let sources = metrics::sources(settings, &database, &ports);
    let shown = settings.environment == Environment::Development && metrics_listener.is_none();
    let observer = Arc::new(ResponseObserver {
        metrics: metrics.clone(),
        shown: shown.then(|| sources.clone()),
    });
    let metrics_listener = metrics_listener
        .map(|listener| {
            MetricsListener::start(
                listener,
                metrics.clone(),
                database.clone(),
                sources,
                shutdown.clone(),
            )
        })
        .transpose()?;
    let operations = Arc::clone(&observer) as _;
    let mut state = wiring::app_state(settings, database, ports.clone(), observer, operations);
    state.interfaces.extend(interfaces);
    state.examples = examples;
    let idempotency = Arc::clone(&state.idempotency);
    let server = serve(listener, state, shutdown.clone())?;
    tokio::spawn(process_gateway_events(
        ports.clone(),
        incoming_events,
        shutdown.clone(),
    ));
    let worker = with_worker.then(|| {
        Worker::start(
            ports.clone(),
            idempotency,
            settings.base_url(addr),
            &metrics,
            shutdown,
        )
    });
    Ok(RunningServer {
        addr,
        metrics_addr: metrics_listener.map(|listener| listener.addr),
        ports,
        backends,
        stop,
        server,
        worker,
    })
}

/// Creates the ports, counted and then decorated.
async fn make_ports(
    settings: &Settings,
    database: &Database,
    overrides: Overrides,
    events: mpsc::Sender<GatewayEvent>,
    metrics: &Metrics,
) -> Result<(Ports, Backends), StartError> {
    let clock = wiring::clock(overrides.clock);
    let terms = wiring::terms(settings, database, clock.as_ref()).await?;
    let cache_and_limits = CacheAndLimits::for_server(settings).await?;
    let backends = cache_and_limits.backends;
    let dependencies = Dependencies {
        clock,
        terms,
        events: Some(events),
        cache_and_limits,
    };
    let ports = metrics.observe(wiring::ports(settings, database, dependencies)?);
    let ports = match overrides.ports {
        Some(decorate) => decorate(ports),
        None => ports,
    };
    Ok((ports, backends))
}

/// Runs the server on a thread of its own, independent of the caller's async runtime.
fn serve(
    listener: TcpListener,
    state: AppState,
    mut shutdown: watch::Receiver<bool>,
) -> Result<oneshot::Receiver<io::Result<()>>, StartError> {
    let (ended, end) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| StartError::Runtime(error.to_string()))?;
    let stopped = async move {
        let _stopped_or_dropped = shutdown.wait_for(|stop| *stop).await;
    };
    let limits = ConnectionLimits::within_open_files(wiring::raise_limit_of_open_files());
    let work = move || {
        let result = runtime.block_on(sojourn_http::serve(listener, state, limits, stopped));
        let _abandoned = ended.send(result);
    };
    std::thread::Builder::new()
        .name("http".to_owned())
        .spawn(work)
        .map_err(|error| StartError::Runtime(error.to_string()))?;
    Ok(end)
}

impl RunningServer {
    /// Base URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stops accepting connections, finishes requests in flight and running jobs, then returns.
    ///
    /// # Errors
    /// The I/O error with which the server failed.
    pub async fn stop(mut self) -> io::Result<()> {
        let _already_ended = self.stop.send(true);
        let server = self.wait().await;
        if let Some(worker) = self.worker.take() {
            worker.finish().await;
        }
        server
    }

    /// Waits until the server ends by itself.
    ///
    /// # Errors
    /// The I/O error with which the server failed.
    pub async fn wait(&mut self) -> io::Result<()> {
        match (&mut self.server).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::other("the server thread panicked")),
        }
    }
}
