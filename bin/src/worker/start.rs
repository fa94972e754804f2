//! Starting and stopping a worker.

use std::sync::Arc;
use std::time::Duration;

use sojourn_application::audit::seal_log;
use sojourn_application::jobs::{EmailWork, Handoff, SubjectWork, Work, clean_up};
use sojourn_application::ports::{AuditHead, AuditSeal, IdempotencyStore, JobKind, Ports};
use sojourn_metrics::Metrics;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::worker::heartbeats::{Heartbeats, record_heartbeats};
use crate::worker::lane::{Lane, POLL_INTERVAL, run_lane};

const CLEAN_UP_INTERVAL: chrono::TimeDelta = chrono::TimeDelta::minutes(5);
const AUDIT_HEAD_INTERVAL: chrono::TimeDelta = chrono::TimeDelta::hours(1);
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(8);
/// Time limit of removing the heartbeats of a worker that ends.
const REMOVAL_TIMEOUT: Duration = Duration::from_secs(1);

/// A background worker.
#[derive(Debug)]
pub(crate) struct Worker {
    loops: Vec<JoinHandle<()>>,
    heartbeats: JoinHandle<()>,
}

impl Worker {
    /// Starts a loop for each kind of work, so that none waits for another. Links in mails begin
    /// with `public_url`.
    pub(crate) fn start(
        ports: Ports,
        idempotency: Arc<dyn IdempotencyStore>,
        public_url: String,
        metrics: &Metrics,
        shutdown: watch::Receiver<bool>,
    ) -> Self {
        let heartbeats = Heartbeats::default();
        let mut loops: Vec<_> = lanes(&ports, public_url)
            .into_iter()
            .map(|lane| {
                let work = metrics.observe_work(lane.work);
                let lane = Lane { work, ..lane };
                let (clock, heartbeats) = (Arc::clone(&ports.clock), heartbeats.clone());
                tokio::spawn(run_lane(lane, clock, heartbeats, shutdown.clone()))
            })
            .collect();
        loops.push(tokio::spawn(run_clean_up(
            ports.clone(),
            idempotency,
            heartbeats.clone(),
            shutdown.clone(),
        )));
        Self {
            loops,
            heartbeats: tokio::spawn(record_heartbeats(ports, heartbeats, shutdown)),
        }
    }

    /// Waits for running work up to a limit. Work that is cut off is done by another worker.
    pub(crate) async fn finish(self) {
        let deadline = Instant::now() + SHUTDOWN_TIMEOUT;
        for mut running in self.loops {
            if timeout_at(deadline, &mut running).await.is_err() {
                tracing::warn!("background work did not finish in time and was interrupted");
                running.abort();
            }
        }
        let _recorded_as_old = timeout(REMOVAL_TIMEOUT, self.heartbeats).await;
    }
}

/// The loops, with their concurrency and time limits. No others than those of gateway calls and of refused
/// refunds wait for the payment gateway, and no other than that of mails for the mail server.
fn lanes(ports: &Ports, public_url: String) -> Vec<Lane> {
    let handoff = Arc::new(Handoff::default());
    let on_subjects = |kind, concurrency, limit| Lane {
        work: Arc::new(SubjectWork::new(ports.clone(), kind, Arc::clone(&handoff))),
        concurrency,
        limit: Duration::from_secs(limit),
    };
    let emails: Arc<dyn Work> = Arc::new(EmailWork::new(ports.clone(), public_url));
    vec![
        on_subjects(JobKind::BookingTimer, 4, 30),
        on_subjects(JobKind::GatewayCall, 64, 8),
        on_subjects(JobKind::Payout, 2, 30),
        on_subjects(JobKind::Refund, 4, 30),
        on_subjects(JobKind::Review, 2, 30),
        Lane {
            work: emails,
            concurrency: 10,
            limit: Duration::from_secs(90),
        },
    ]
}

/// Writes the head of the audit log to the process log, where a later change of earlier lines cannot reach it.
async fn log_audit_head(ports: &Ports) {
    match seal_log(ports).await {
        Ok(None) => {}
        Ok(Some(AuditHead {
            number,
            hash,
            seal: AuditSeal::Current,
        })) => tracing::info!(number, hash, "head of the audit log"),
        Ok(Some(AuditHead { number, hash, .. })) => {
            tracing::error!(number, hash, "the audit log is broken: run sojourn doctor");
        }
        Err(error) => tracing::warn!(%error, "the head of the audit log could not be read"),
    }
}

/// Removes expired rows every five minutes, and logs the head of the audit log once an hour.
async fn run_clean_up(
    ports: Ports,
    idempotency: Arc<dyn IdempotencyStore>,
    heartbeats: Heartbeats,
    mut shutdown: watch::Receiver<bool>,
) {
    let mut due_at = ports.clock.now();
    let mut head_due_at = due_at;
    while !*shutdown.borrow() {
        let now = ports.clock.now();
        heartbeats.note(JobKind::CleanUp, now);
        if now >= due_at {
            due_at = now + CLEAN_UP_INTERVAL;
            if let Err(error) = clean_up(&ports, idempotency.as_ref()).await {
                tracing::warn!(%error, "expired rows could not be removed");
            }
        }
        if now >= head_due_at {
            head_due_at = now + AUDIT_HEAD_INTERVAL;
            log_audit_head(&ports).await;
        }
        tokio::select! {
            () = sleep(POLL_INTERVAL) => {}
            _ = shutdown.wait_for(|stop| *stop) => {}
        }
    }
}
