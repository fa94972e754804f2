//! A bounded queue for CPU-bound work: a limited number runs, a limited number waits, and further callers are rejected
//! at once.

use std::sync::Arc;

use sojourn_application::ports::HashOrigin;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::queue_places::{Place, Places};

/// The permits of the queue.
#[derive(Clone)]
pub(crate) struct Permits {
    running: Arc<Semaphore>,
    admitted: Arc<Places>,
}

/// A permit to run. It is released when it is dropped: when the work ends, which may be after its caller was dropped.
pub(crate) struct Permit {
    _running: OwnedSemaphorePermit,
    _admitted: Place,
}

impl Permits {
    /// `parallel` permits, and for each of these a queue of `queued_each` callers, in which networks are limited or
    /// not.
    pub(crate) fn new(parallel: usize, queued_each: usize, limits_networks: bool) -> Self {
        let admitted = parallel.saturating_mul(queued_each.saturating_add(1));
        Self {
            running: Arc::new(Semaphore::new(parallel)),
            admitted: Arc::new(Places::new(admitted, limits_networks)),
        }
    }

    /// Waits for a permit; `None` at once when the queue is full for this origin. A caller dropped while it waits
    /// leaves the queue.
    pub(crate) async fn acquire(&self, origin: HashOrigin) -> Option<Permit> {
        let admitted = self.admitted.take(origin)?;
        let running = Arc::clone(&self.running).acquire_owned().await.ok()?;
        Some(Permit {
            _running: running,
            _admitted: admitted,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use super::*;

    #[tokio::test]
    async fn rejects_callers_when_the_queue_is_full() {
        let permits = Permits::new(1, 40, true);
        let first = permits.acquire(HashOrigin::Internal).await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|_| {
                let permits = permits.clone();
                tokio::spawn(async move { permits.acquire(HashOrigin::Internal).await.is_some() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(permits.acquire(HashOrigin::Internal).await.is_none());
        drop(first);
        for caller in waiting {
            assert!(caller.await.unwrap());
        }
        assert!(permits.acquire(HashOrigin::Internal).await.is_some());
    }

    #[tokio::test]
    async fn a_dropped_caller_leaves_the_queue() {
        let permits = Permits::new(1, 1, true);
        let first = permits.acquire(HashOrigin::Internal).await.unwrap();
        let mut dropped = Box::pin(permits.acquire(HashOrigin::Internal));
        poll_fn(|context| {
            assert!(dropped.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        assert!(permits.acquire(HashOrigin::Internal).await.is_none());
        drop(dropped);
        let (second, ()) =
            tokio::join!(permits.acquire(HashOrigin::Internal), async { drop(first) });
        assert!(second.is_some());
    }
}
