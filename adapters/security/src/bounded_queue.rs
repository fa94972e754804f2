//! A bounded queue for CPU-bound work: a limited number runs, a limited number waits, and further callers are rejected
//! at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The permits of the queue.
#[derive(Clone)]
pub(crate) struct Permits {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// A permit to run. It is released when it is dropped: when the work ends, which may be after its caller was dropped.
pub(crate) struct Permit {
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Permits {
    /// `parallel` permits, and for each of these a queue of `queued_each` callers.
    pub(crate) fn new(parallel: usize, queued_each: usize) -> Self {
        let admitted = parallel
            .saturating_mul(queued_each.saturating_add(1))
            .min(Semaphore::MAX_PERMITS);
        Self {
            running: Arc::new(Semaphore::new(parallel)),
            admitted: Arc::new(Semaphore::new(admitted)),
        }
    }

    /// Waits for a permit; `None` at once when the queue is full. A caller dropped while it waits leaves the queue.
    pub(crate) async fn acquire(&self) -> Option<Permit> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().ok()?;
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
        let permits = Permits::new(1, 40);
        let first = permits.acquire().await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|_| {
                let permits = permits.clone();
                tokio::spawn(async move { permits.acquire().await.is_some() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(permits.acquire().await.is_none());
        drop(first);
        for caller in waiting {
            assert!(caller.await.unwrap());
        }
        assert!(permits.acquire().await.is_some());
    }

    #[tokio::test]
    async fn a_dropped_caller_leaves_the_queue() {
        let permits = Permits::new(1, 1);
        let first = permits.acquire().await.unwrap();
        let mut dropped = Box::pin(permits.acquire());
        poll_fn(|context| {
            assert!(dropped.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        assert!(permits.acquire().await.is_none());
        drop(dropped);
        let (second, ()) = tokio::join!(permits.acquire(), async { drop(first) });
        assert!(second.is_some());
    }
}
