//! The loop of one kind of work.

use std::sync::Arc;
use std::time::Duration;

use sojourn_application::jobs::Work;
use sojourn_application::ports::Clock;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::worker::heartbeats::Heartbeats;
use crate::worker::running::Running;

/// Pause of a loop that has nothing to do.
pub(super) const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// Pause after a database error.
const RETRY_DELAY: Duration = Duration::from_secs(2);
/// Interval at which the leases of running work are renewed; a fraction of the lease.
const RENEW_INTERVAL: Duration = Duration::from_secs(15);

/// One kind of work with its concurrency and time limit.
pub(super) struct Lane {
    pub work: Arc<dyn Work>,
    /// Maximum number of attempts at once.
    pub concurrency: usize,
    /// Time limit of an attempt.
    pub limit: Duration,
}

/// Result of looking for due work.
enum Fill {
    /// More may be due than could be started.
    Backlog,
    /// Everything that is due is running.
    Drained,
    /// The database failed.
    Failed,
}

/// Runs due work until shutdown, then waits for what is running. A backlog is worked off without
/// pauses.
pub(super) async fn run_lane(
    lane: Lane,
    clock: Arc<dyn Clock>,
    heartbeats: Heartbeats,
    mut shutdown: watch::Receiver<bool>,
) {
    let mut running = Running::default();
    let mut next_renewal = Instant::now() + RENEW_INTERVAL;
    while !*shutdown.borrow() {
        heartbeats.note(lane.work.kind(), clock.now());
        let fill = lane.fill(&mut running).await;
        let pause = match fill {
            Fill::Failed => RETRY_DELAY,
            Fill::Backlog | Fill::Drained => POLL_INTERVAL,
        };
        let next_poll = Instant::now() + pause;
        // Between polls, work that ends makes room for more only if more is due.
        loop {
            let renew = tokio::select! {
                () = sleep_until(next_poll) => break,
                () = lane.work.wake(), if lane.has_room(&running) => break,
                () = stopped(&mut shutdown) => break,
                () = running.ended() => false,
                () = sleep_until(next_renewal) => true,
            };
            if renew {
                lane.renew(&running).await;
                next_renewal = Instant::now() + RENEW_INTERVAL;
            } else if matches!(fill, Fill::Backlog) && lane.has_room(&running) {
                break;
            }
        }
    }
    running.all_ended().await;
}

async fn stopped(shutdown: &mut watch::Receiver<bool>) {
    let _stopped_or_dropped = shutdown.wait_for(|stop| *stop).await;
}

impl Lane {
    /// True if enough room is free to be worth a look at the database.
    fn has_room(&self, running: &Running) -> bool {
        running.len() * 2 <= self.concurrency
    }

    /// Starts due work up to the concurrency.
    async fn fill(&self, running: &mut Running) -> Fill {
        let free = self.concurrency.saturating_sub(running.len());
        if free == 0 {
            return Fill::Backlog;
        }
        match self.work.take(free, &running.ids()).await {
            Ok(items) => {
                let taken = items.len();
                for item in items {
                    running.start(Arc::clone(&self.work), item, self.limit);
                }
                if taken == free {
                    Fill::Backlog
                } else {
                    Fill::Drained
                }
            }
            Err(error) => {
                let kind = self.work.kind();
                tracing::error!(%kind, %error, "due work could not be read; retrying");
                Fill::Failed
            }
        }
    }

    async fn renew(&self, running: &Running) {
        if running.len() == 0 {
            return;
        }
        if let Err(error) = self.work.renew(&running.ids()).await {
            let kind = self.work.kind();
            tracing::warn!(%kind, %error, "leases could not be renewed");
        }
    }
}
