//! A running server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sojourn::app::{Decoration, Overrides, Running};
use sojourn::config::{Settings, Sources};
use sojourn_application::doctor::{self, Report};
use sojourn_application::ports::Ports;
use tokio::runtime::{Builder, Runtime};

use crate::{Client, OtherClock, TestDatabase};

/// A server of its own, with its worker.
pub struct Server {
    pub url: String,
    /// Its ports, to look behind it.
    pub ports: Ports,
    /// Its mails, and the book of its payment provider.
    pub folder: PathBuf,
    running: Option<Running>,
    runtime: Runtime,
    passing: bool,
}

/// What a server is started with.
#[derive(Clone, Default)]
pub struct Start<'a> {
    /// A folder that stays, for one that goes away with the server.
    pub folder: Option<&'a Path>,
    /// A clock instead of the machine's.
    pub clock: Option<OtherClock>,
    /// Environment variables more. Rate limits are off unless they say otherwise.
    pub variables: &'a [(&'a str, &'a str)],
}

impl Server {
    /// Starts it, without limits on how often it is asked.
    pub fn start(database: &TestDatabase) -> Self {
        Self::with(database, Start::default())
    }

    pub fn with(database: &TestDatabase, start: Start<'_>) -> Self {
        Self::decorated(database, start, Arc::new(|ports| ports))
    }

    /// The same, with something put around its ports.
    pub fn decorated(database: &TestDatabase, start: Start<'_>, ports: Decoration) -> Self {
        database.open();
        let temporary = || {
            std::env::temp_dir().join(format!("sojourn-server-{}", uuid::Uuid::now_v7().simple()))
        };
        let folder = start.folder.map_or_else(temporary, Path::to_owned);
        let settings = settings(&folder, &database.url, start.variables);
        let clock = start.clock.map(|clock| Arc::new(clock) as _);
        let overrides = Overrides {
            clock,
            ports: Some(ports),
        };
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let running = runtime
            .block_on(sojourn::app::start(&settings, overrides))
            .unwrap();
        Self {
            url: running.url(),
            ports: running.ports.clone(),
            folder,
            running: Some(running),
            runtime,
            passing: start.folder.is_none(),
        }
    }

    /// Where it writes its mails.
    pub fn mail(&self) -> PathBuf {
        self.folder.join("mail")
    }

    /// Somebody who is not logged in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Runs what is asynchronous.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Waits until the payment provider has answered everything and nothing is due, or fails after this time.
    pub fn settle(&self, limit: Duration) {
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
        }
    }

    async fn open(&self) -> Vec<String> {
        let now = self.ports.clock.now();
        let later = now + TimeDelta::days(1);
        let unanswered = self.ports.payments.unanswered(later, 100).await.unwrap();
        let payouts = self.ports.payments.payouts_due(now, 100).await.unwrap();
        let due = self.ports.bookings.due(now, 100).await.unwrap();
        let payments = unanswered
            .into_iter()
            .chain(payouts)
            .map(|it| format!("{it:?}"));
        payments
            .chain(due.into_iter().map(|it| format!("{it:?}")))
            .collect()
    }

    /// Everything examined.
    pub fn examine(&self) -> Report {
        self.block_on(doctor::examine(&self.ports, &mut |_, _| {}))
            .unwrap()
    }

    /// Ends it and waits for it; a folder that was given stays.
    pub fn stop(self) {}
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

/// Settings of a server on a free port, with rate limits off: tests ask more than anybody else.
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
    Settings::load(&Sources::of_variables(own.into_iter().chain(more))).unwrap()
}
