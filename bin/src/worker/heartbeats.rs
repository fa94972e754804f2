//! Heartbeats of a worker's loops.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sojourn_application::ports::{Heartbeat, JobKind, Ports};
use tokio::sync::watch;
use tokio::time::sleep;

/// Interval at which heartbeats are stored.
const RECORD_INTERVAL: Duration = Duration::from_secs(10);
/// Age from which the heartbeats of a worker that ended without removing them are deleted.
const RETENTION: TimeDelta = TimeDelta::hours(1);

/// Time of the last round of each loop.
#[derive(Debug, Clone, Default)]
pub(super) struct Heartbeats(Arc<Mutex<BTreeMap<JobKind, DateTime<Utc>>>>);

impl Heartbeats {
    /// Notes a round of the loop of a kind.
    pub(super) fn note(&self, kind: JobKind, now: DateTime<Utc>) {
        let mut rounds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rounds.insert(kind, now);
    }

    fn all(&self) -> Vec<Heartbeat> {
        let rounds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let heartbeat = |(&kind, &at)| Heartbeat { kind, at };
        rounds.iter().map(heartbeat).collect()
    }
}

/// Stores the heartbeats until shutdown, then removes them.
pub(super) async fn record_heartbeats(
    ports: Ports,
    heartbeats: Heartbeats,
    mut shutdown: watch::Receiver<bool>,
) {
    let worker = ports.ids.uuid();
    // The loops have had a first round by then.
    let mut pause = Duration::from_secs(1);
    while !*shutdown.borrow() {
        tokio::select! {
            () = sleep(pause) => {}
            _ = shutdown.wait_for(|stop| *stop) => break,
        }
        pause = RECORD_INTERVAL;
        let forget_before = ports.clock.now() - RETENTION;
        let recorded = ports
            .workers
            .record(worker, heartbeats.all(), forget_before)
            .await;
        if let Err(error) = recorded {
            tracing::warn!(%error, "heartbeats of the worker could not be stored");
        }
    }
    if let Err(error) = ports.workers.remove(worker).await {
        tracing::debug!(%error, "heartbeats of the worker could not be removed");
    }
}
