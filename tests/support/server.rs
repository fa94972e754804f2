//! A running server.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn::app::{Overrides, PortsDecorator, RunningServer};
use sojourn::config::{Settings, Sources};
use sojourn_application::integrity::{self, IntegrityReport};
use sojourn_application::ports::{Clock as _, Ports};
use tokio::runtime::{Builder, Runtime};

use crate::{Client, TestClock, TestDatabase};

/// Time that passes between two looks at a server whose clock stands.
const PUT_OFF: TimeDelta = TimeDelta::seconds(20);

/// A server with its worker.
pub struct Server {
    pub url: String,
    /// Its ports, for direct access to the application.
    pub ports: Ports,
    /// Its mails and the journal of its payment gateway.
    pub folder: PathBuf,
    running: Option<RunningServer>,
    runtime: Runtime,
    passing: bool,
}

/// Options of a server.
#[derive(Clone, Default)]
pub struct ServerOptions<'a> {
    /// A folder that outlives the server; by default a temporary one.
    pub folder: Option<&'a Path>,
    /// A clock instead of the system clock.
    pub clock: Option<TestClock>,
    /// Additional environment variables. Rate limits are off by default.
    pub variables: &'a [(&'a str, &'a str)],
    /// True for a server without background work.
    pub no_worker: bool,
}

impl Server {
    /// Starts a server without rate limits.
    pub fn start(database: &TestDatabase) -> Self {
        Self::with(database, ServerOptions::default())
    }

    /// Starts a server whose clock runs from some minutes before midnight on.
    pub fn before_midnight(database: &TestDatabase) -> (Self, TestClock) {
        let clock = TestClock::before_midnight();
        let options = ServerOptions {
            clock: Some(clock.clone()),
            ..ServerOptions::default()
        };
        (Self::with(database, options), clock)
    }

    pub fn with(database: &TestDatabase, options: ServerOptions<'_>) -> Self {
        Self::decorated(database, options, Arc::new(|ports| ports))
    }

    /// Starts a server whose ports are decorated.
    pub fn decorated(
        database: &TestDatabase,
        options: ServerOptions<'_>,
        ports: PortsDecorator,
    ) -> Self {
        log_errors();
        database.open();
        let temporary = || {
            std::env::temp_dir().join(format!("sojourn-server-{}", uuid::Uuid::now_v7().simple()))
        };
        let folder = options.folder.map_or_else(temporary, Path::to_owned);
        let settings = settings(&folder, &database.url, options.variables);
        let clock = options.clock.map(|clock| Arc::new(clock) as _);
        let overrides = Overrides {
            clock,
            ports: Some(ports),
            ..Default::default()
        };
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let starting = async {
            if options.no_worker {
                let listener = sojourn::app::bind(&settings)?;
                return sojourn::app::start_on(listener, &settings, overrides, false).await;
            }
            sojourn::app::start(&settings, overrides).await
        };
        let running = runtime.block_on(starting).unwrap();
        Self {
            url: running.url(),
            ports: running.ports.clone(),
            folder,
            running: Some(running),
            runtime,
            passing: options.folder.is_none(),
        }
    }

    /// Its mail folder.
    pub fn mail(&self) -> PathBuf {
        self.folder.join("mail")
    }

    /// Address of the listener of its metrics.
    pub fn metrics_addr(&self) -> Option<std::net::SocketAddr> {
        self.running
            .as_ref()
            .and_then(|running| running.metrics_addr)
    }

    /// A client that is not logged in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Runs a future on the server's runtime.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Waits until no gateway call is pending and nothing is due; fails after this time.
    pub fn wait_until_idle(&self, limit: Duration) {
        self.wait_until_idle_and(limit, || {});
    }

    /// Waits likewise while the clock moves on, so that what was put off becomes due as well.
    pub fn wait_until_idle_moving(&self, clock: &TestClock, limit: Duration) {
        self.wait_until_idle_and(limit, || clock.move_to(clock.now() + PUT_OFF));
    }

    fn wait_until_idle_and(&self, limit: Duration, step: impl Fn()) {
        let began = Instant::now();
        loop {
            let open = self.block_on(self.open());
            if open.is_empty() {
                return;
            }
            assert!(
                began.elapsed() < limit,
                "still open after {limit:?}: {open:#?}"
            );
            std::thread::sleep(Duration::from_millis(100));
            step();
        }
    }

    async fn open(&self) -> Vec<String> {
        let now = self.ports.clock.now();
        let later = now + TimeDelta::days(1);
        let unanswered = self
            .ports
            .payments
            .with_pending_calls(later, 100)
            .await
            .unwrap();
        let payouts = self.ports.payments.payouts_due(now, 100).await.unwrap();
        let due = self.ports.bookings.due(now, 100).await.unwrap();
        let payments = unanswered
            .into_iter()
            .chain(payouts)
            .map(|it| format!("{} with {:?}", it.id, it.pending_calls));
        payments
            .chain(due.iter().map(|it| format!("{} {:?}", it.id, it.status)))
            .collect()
    }

    /// Checks all data.
    pub fn check_integrity(&self) -> IntegrityReport {
        self.block_on(integrity::check(&self.ports, &mut |_, _| {}))
            .unwrap()
    }

    /// Stops the server and waits; a given folder stays.
    pub fn stop(self) {}
}

/// Writes the errors that servers log to standard error, so that a failed test in CI has its cause.
fn log_errors() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let logs = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing_subscriber::filter::LevelFilter::ERROR)
            .with_writer(std::io::stderr);
        let _already_started = logs.try_init();
    });
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ended = self.runtime.block_on(running.stop());
        }
        if self.passing {
            let _gone = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Settings of a server on a free port, with rate limits off.
pub fn settings(folder: &Path, database: &str, variables: &[(&str, &str)]) -> Settings {
    let own = [
        ("SOJOURN_LISTEN", "127.0.0.1:0".to_owned()),
        ("SOJOURN_DATA_DIR", folder.display().to_string()),
        ("DATABASE_URL", database.to_owned()),
        ("SOJOURN_RATE_LIMITS", "off".to_owned()),
    ];
    let more = variables
        .iter()
        .map(|&(name, value)| (name, value.to_owned()));
    Settings::load(&Sources::from_variables(own.into_iter().chain(more))).unwrap()
}
