//! The running program: HTTP server and worker.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use sojourn_application::ports::{Clock, Ports};
use sojourn_domain::shared::StoreError;
use sojourn_http::AppState;
use sojourn_persistence::OpenError;
use tokio::sync::{mpsc, oneshot, watch};

use crate::config::{ConfigError, DatabaseUrl, Settings};
use crate::hearing::{self, hear};
use crate::wiring::{self, Fittings, Shared};
use crate::worker::Worker;

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// Its schema is not what this version works on.
    #[error("{database} lacks {missing} migrations of this version (run: sojourn migrate)")]
    Unmigrated {
        /// Which database.
        database: DatabaseUrl,
        /// How many.
        missing: usize,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nobody can listen there.
    #[error(
        "cannot listen on {address}: {error} (choose another address with SOJOURN_LISTEN; port 0 picks a free one)"
    )]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
    /// The system refuses a thread.
    #[error("cannot start: {0}")]
    Thread(String),
}

/// What tests put in the place of the real thing.
#[derive(Clone, Default)]
pub struct Overrides {
    /// Tells the time instead of this machine's clock.
    pub clock: Option<Arc<dyn Clock>>,
    /// Puts something of its own around the ports.
    pub ports: Option<Decoration>,
}

/// What tests put around ports.
pub type Decoration = Arc<dyn Fn(Ports) -> Ports + Send + Sync>;

/// What stands behind cache and limits, in a word for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backends {
    /// `redis` or `in process`.
    pub cache: &'static str,
    /// `redis`, `in process` or `off`.
    pub limits: &'static str,
}

/// A running server. Dropped, it stops too, but nobody waits for it.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// The ports that it was wired to.
    pub ports: Ports,
    /// What stands behind cache and limits.
    pub backends: Backends,
    stop: watch::Sender<bool>,
    server: oneshot::Receiver<io::Result<()>>,
    worker: Option<Worker>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("addr", &self.addr)
            .finish_non_exhaustive()
    }
}

/// A listening socket, taken before anything is touched.
///
/// # Errors
/// [`StartError::Listen`].
pub fn bind(settings: &Settings) -> Result<TcpListener, StartError> {
    TcpListener::bind(settings.listen).map_err(|error| StartError::Listen {
        address: settings.listen,
        error,
    })
}

/// Starts server and worker on the address of the settings.
///
/// # Errors
/// [`StartError`]; then nothing runs.
pub async fn start(settings: &Settings, overrides: Overrides) -> Result<Running, StartError> {
    settings.check_secrets()?;
    start_on(bind(settings)?, settings, overrides, true).await
}

/// Starts the server, and a worker if there shall be one, on a socket.
///
/// # Errors
/// [`StartError`]; then nothing runs.
pub async fn start_on(
    listener: TcpListener,
    settings: &Settings,
    overrides: Overrides,
    with_worker: bool,
) -> Result<Running, StartError> {
    let addr = listener.local_addr().map_err(|error| StartError::Listen {
        address: settings.listen,
        error,
    })?;
    let database = wiring::database(settings).await?;
    let clock = wiring::clock(overrides.clock);
    let terms = wiring::terms(settings, &database, clock.as_ref()).await?;
    let (told, heard) = mpsc::channel(hearing::WAITING);
    let shared = Shared::of_process(settings).await?;
    let backends = shared.backends;
    let ports = wiring::ports(
        settings,
        &database,
        Fittings {
            clock,
            terms,
            told: Some(told),
            shared,
        },
    )?;
    let ports = overrides
        .ports
        .map_or_else(|| ports.clone(), |decorate| decorate(ports.clone()));
    let (stop, stopping) = watch::channel(false);
    let state = wiring::state(settings, database, ports.clone());
    let answers = Arc::clone(&state.idempotency);
    let server = serve(listener, state, stopping.clone())?;
    tokio::spawn(hear(ports.clone(), heard, stopping.clone()));
    let worker = with_worker
        .then(|| Worker::start(ports.clone(), answers, settings.reached_at(addr), stopping));
    Ok(Running {
        addr,
        ports,
        backends,
        stop,
        server,
        worker,
    })
}

/// The server has a thread of its own, so that it runs whatever runtime started it.
fn serve(
    listener: TcpListener,
    state: AppState,
    mut stopping: watch::Receiver<bool>,
) -> Result<oneshot::Receiver<io::Result<()>>, StartError> {
    let (ended, end) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| StartError::Thread(error.to_string()))?;
    let stopped = async move {
        let _stopped_or_dropped = stopping.wait_for(|stop| *stop).await;
    };
    let work = move || {
        let result = runtime.block_on(sojourn_http::serve(listener, state, stopped));
        let _nobody_waits = ended.send(result);
    };
    std::thread::Builder::new()
        .name("http".to_owned())
        .spawn(work)
        .map_err(|error| StartError::Thread(error.to_string()))?;
    Ok(end)
}

impl Running {
    /// Where it is reached.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Takes no more requests, finishes those in flight and the work in hand, and ends.
    ///
    /// # Errors
    /// How the server failed.
    pub async fn stop(mut self) -> io::Result<()> {
        let _already_ended = self.stop.send(true);
        let server = self.ended().await;
        if let Some(worker) = self.worker.take() {
            worker.finish().await;
        }
        server
    }

    /// Waits until the server ends by itself.
    ///
    /// # Errors
    /// How the server failed.
    pub async fn ended(&mut self) -> io::Result<()> {
        match (&mut self.server).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::other("the server died")),
        }
    }
}
