//! The loop that runs due background jobs.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use sojourn_application::jobs;
use sojourn_application::ports::{IdempotencyStore, Ports};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

const POLL_INTERVAL: Duration = Duration::from_secs(1);
const RETRY_DELAY: Duration = Duration::from_secs(5);
/// Time for which responses to idempotent requests are stored. Expired ones are purged hourly.
const IDEMPOTENCY_RETENTION: TimeDelta = TimeDelta::hours(24);
const PURGE_INTERVAL: TimeDelta = TimeDelta::hours(1);
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(8);

/// A background worker.
#[derive(Debug)]
pub(crate) struct Worker(JoinHandle<()>);

impl Worker {
    /// Starts polling for due jobs once a second. Links in mails begin with `public_url`.
    pub(crate) fn start(
        ports: Ports,
        idempotency: Arc<dyn IdempotencyStore>,
        public_url: String,
        shutdown: watch::Receiver<bool>,
    ) -> Self {
        Self(tokio::spawn(run(ports, idempotency, public_url, shutdown)))
    }

    /// Waits for running jobs up to a limit. Jobs that are cut off are run by another worker.
    pub(crate) async fn finish(mut self) {
        if timeout(SHUTDOWN_TIMEOUT, &mut self.0).await.is_err() {
            tracing::warn!("background jobs did not finish in time and were interrupted");
            self.0.abort();
        }
    }
}

async fn run(
    ports: Ports,
    idempotency: Arc<dyn IdempotencyStore>,
    public_url: String,
    mut shutdown: watch::Receiver<bool>,
) {
    let mut purge_at = ports.clock.now();
    while !*shutdown.borrow() {
        let now = ports.clock.now();
        if now >= purge_at {
            purge_at = now + PURGE_INTERVAL;
            if let Err(error) = idempotency.delete_before(now - IDEMPOTENCY_RETENTION).await {
                tracing::warn!(%error, "expired idempotency keys could not be purged");
            }
        }
        let pause = match jobs::run_due_jobs(&ports, &public_url).await {
            Ok(0) => POLL_INTERVAL,
            Ok(done) => {
                tracing::debug!(done, "ran due jobs");
                POLL_INTERVAL
            }
            Err(error) => {
                tracing::error!(%error, "background jobs could not be run; retrying");
                RETRY_DELAY
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = shutdown.wait_for(|stop| *stop) => {}
        }
    }
}
