//! Background work whose attempts are counted.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use prometheus::{GaugeVec, HistogramVec, IntCounterVec};
use sojourn_application::jobs::{Work, WorkError, WorkItem};
use sojourn_application::ports::JobKind;
use sojourn_domain::shared::RepositoryError;
use uuid::Uuid;

use super::Counters;
use crate::families::Families;

/// Counters of background work.
pub(crate) struct JobCounters {
    attempts: IntCounterVec,
    seconds: HistogramVec,
    running: GaugeVec,
}

impl JobCounters {
    pub(crate) fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        let this = Self {
            attempts: families.counters(
                "job_attempts_total",
                "Attempts at background work by this process.",
                &["kind", "outcome"],
            )?,
            seconds: families.durations(
                "job_duration_seconds",
                "Duration of attempts at background work.",
                &["kind"],
            )?,
            running: families.gauges(
                "jobs_running",
                "Background work that this process is attempting.",
                &["kind"],
            )?,
        };
        for kind in JobKind::ALL {
            this.running.with_label_values(&[kind.as_str()]);
            for outcome in ["done", "failed"] {
                this.attempts.with_label_values(&[kind.as_str(), outcome]);
            }
        }
        Ok(this)
    }

    fn begin(&self, kind: JobKind) -> Attempt<'_> {
        self.running.with_label_values(&[kind.as_str()]).inc();
        Attempt {
            counters: self,
            kind,
            began: Instant::now(),
        }
    }
}

/// Counts attempts by outcome.
pub(crate) struct ObservedWork {
    inner: Arc<dyn Work>,
    counters: Arc<Counters>,
}

/// An attempt that is running. It ends with its drop too, as an attempt may be interrupted.
struct Attempt<'a> {
    counters: &'a JobCounters,
    kind: JobKind,
    began: Instant,
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let kind = [self.kind.as_str()];
        self.counters.running.with_label_values(&kind).dec();
        self.counters
            .seconds
            .with_label_values(&kind)
            .observe(self.began.elapsed().as_secs_f64());
    }
}

impl ObservedWork {
    pub(crate) const fn new(inner: Arc<dyn Work>, counters: Arc<Counters>) -> Self {
        Self { inner, counters }
    }
}

#[async_trait]
impl Work for ObservedWork {
    fn kind(&self) -> JobKind {
        self.inner.kind()
    }

    async fn take(
        &self,
        limit: usize,
        running: &HashSet<Uuid>,
    ) -> Result<Vec<WorkItem>, RepositoryError> {
        self.inner.take(limit, running).await
    }

    async fn attempt(&self, item: &WorkItem) -> Result<(), WorkError> {
        let _running = self.counters.jobs.begin(self.kind());
        self.inner.attempt(item).await
    }

    async fn record(
        &self,
        item: WorkItem,
        outcome: Result<(), WorkError>,
    ) -> Result<(), RepositoryError> {
        let word = match &outcome {
            Ok(()) => "done",
            Err(WorkError::NotYet(_)) => "waiting",
            Err(WorkError::Unavailable(_)) => "unavailable",
            Err(WorkError::Failed(_)) => "failed",
            Err(WorkError::TimedOut) => "timed_out",
            Err(WorkError::Panicked) => "panicked",
        };
        self.counters
            .jobs
            .attempts
            .with_label_values(&[self.kind().as_str(), word])
            .inc();
        self.inner.record(item, outcome).await
    }

    async fn renew(&self, running: &HashSet<Uuid>) -> Result<(), RepositoryError> {
        self.inner.renew(running).await
    }

    async fn wake(&self) {
        self.inner.wake().await;
    }
}
