//! Load of the database threads, for monitoring.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Load of the database threads and their connections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Threads, which is the maximum number of connections.
    pub threads: u64,
    /// Work that waits for a thread.
    pub queued: u64,
    /// Work that is being done.
    pub running: u64,
    /// Open connections.
    pub connections: u64,
    /// Open connections that are not in use.
    pub idle_connections: u64,
    /// Work done since the start, whatever its result.
    pub done: u64,
    /// Work refused since the start because too much was queued.
    pub refused: u64,
    /// Work that found no connection since the start.
    pub unavailable: u64,
    /// Connections lost since the start.
    pub lost: u64,
    /// Time that work has waited for a thread since the start.
    pub waited: Duration,
    /// Time that threads have worked since the start.
    pub worked: Duration,
}

/// Counters of an executor.
#[derive(Debug, Default)]
pub(crate) struct LoadCounters {
    queued: AtomicU64,
    taken: AtomicU64,
    done: AtomicU64,
    refused: AtomicU64,
    unavailable: AtomicU64,
    lost: AtomicU64,
    waited_nanos: AtomicU64,
    worked_nanos: AtomicU64,
}

/// Work that is being done; it ends with its drop, also when the work panics.
pub(crate) struct Doing<'a> {
    counters: &'a LoadCounters,
    began: Instant,
}

impl LoadCounters {
    /// Counts work that was queued. Counted before it can be taken.
    pub(crate) fn queue(&self) {
        add(&self.queued, 1);
    }

    /// Counts work that was not accepted after all.
    pub(crate) fn refuse(&self) {
        self.queued.fetch_sub(1, Ordering::Relaxed);
        add(&self.refused, 1);
    }

    /// Counts work that is taken from the queue after it has waited since an instant.
    pub(crate) fn take(&self, queued_at: Instant) -> Doing<'_> {
        let began = Instant::now();
        add(&self.waited_nanos, nanos(began - queued_at));
        add(&self.taken, 1);
        Doing {
            counters: self,
            began,
        }
    }

    /// Counts work that found no connection.
    pub(crate) fn find_none(&self) {
        add(&self.unavailable, 1);
    }

    /// Counts a lost connection.
    pub(crate) fn lose(&self) {
        add(&self.lost, 1);
    }

    /// The load, without threads and connections.
    pub(crate) fn read(&self) -> Load {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (done, taken) = (get(&self.done), get(&self.taken));
        Load {
            queued: get(&self.queued).saturating_sub(taken),
            running: taken.saturating_sub(done),
            done,
            refused: get(&self.refused),
            unavailable: get(&self.unavailable),
            lost: get(&self.lost),
            waited: Duration::from_nanos(get(&self.waited_nanos)),
            worked: Duration::from_nanos(get(&self.worked_nanos)),
            ..Load::default()
        }
    }
}

impl Drop for Doing<'_> {
    fn drop(&mut self) {
        add(&self.counters.worked_nanos, nanos(self.began.elapsed()));
        add(&self.counters.done, 1);
    }
}

fn add(counter: &AtomicU64, count: u64) {
    counter.fetch_add(count, Ordering::Relaxed);
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_queued_then_running_then_done() {
        let counters = LoadCounters::default();
        counters.queue();
        counters.queue();
        counters.refuse();
        let stages = |load: Load| (load.queued, load.running, load.done, load.refused);
        assert_eq!(stages(counters.read()), (1, 0, 0, 1));
        let doing = counters.take(Instant::now());
        assert_eq!(stages(counters.read()), (0, 1, 0, 1));
        drop(doing);
        assert_eq!(stages(counters.read()), (0, 0, 1, 1));
        assert!(counters.read().worked > Duration::ZERO);
    }
}
