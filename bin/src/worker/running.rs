//! The work that a loop is running.

use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use sojourn_application::jobs::{Work, WorkError, WorkItem};
use tokio::task::{Id, JoinSet};
use tokio::time::{Instant, timeout};
use uuid::Uuid;

/// Running attempts, each in a task of its own.
#[derive(Default)]
pub(super) struct Running {
    tasks: JoinSet<()>,
    items: HashMap<Id, Uuid>,
}

impl Running {
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn ids(&self) -> HashSet<Uuid> {
        self.items.values().copied().collect()
    }

    /// Starts an attempt, which is interrupted after a time limit.
    pub(super) fn start(&mut self, work: Arc<dyn Work>, item: WorkItem, limit: Duration) {
        let id = item.id();
        let task = self.tasks.spawn(run(work, item, limit));
        self.items.insert(task.id(), id);
    }

    /// Waits until an attempt has ended; for ever if none is running.
    pub(super) async fn ended(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(Ok((task, ()))) => self.items.remove(&task),
            Some(Err(error)) => self.items.remove(&error.id()),
            None => std::future::pending().await,
        };
    }

    /// Waits until all attempts have ended.
    pub(super) async fn all_ended(mut self) {
        while self.len() > 0 {
            self.ended().await;
        }
    }
}

async fn run(work: Arc<dyn Work>, item: WorkItem, limit: Duration) {
    let began = Instant::now();
    let attempt = AssertUnwindSafe(work.attempt(&item)).catch_unwind();
    let outcome = match timeout(limit, attempt).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => Err(WorkError::Panicked),
        Err(_elapsed) => Err(WorkError::TimedOut),
    };
    let (kind, id) = (work.kind(), item.id());
    let millis = began.elapsed().as_secs_f64() * 1000.0;
    // Work that fails is logged with what becomes of it.
    if outcome.is_ok() {
        tracing::info!(%kind, %id, millis, "background work done");
    }
    if let Err(error) = work.record(item, outcome).await {
        tracing::warn!(%kind, %id, %error, "the outcome of background work could not be stored; it is repeated");
    }
}
