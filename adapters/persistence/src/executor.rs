//! Runs blocking database work on threads of its own, so that the async threads never wait for a database.
//!
//! The queue before the threads is bounded: what does not fit is refused at once, and a client told to come back,
//! rather than made to wait behind work that nobody waits for any more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sojourn_domain::shared::StoreError;
use tokio::sync::oneshot;

use crate::connection::{AnyConnection, Connections};
use crate::dialect;

/// How much work may wait for each thread.
const QUEUE_PER_THREAD: usize = 128;

/// For how long work is refused at once after no connection could be had: what is queued must not wait for one
/// failure after another.
const AFTER_A_FAILURE: Duration = Duration::from_millis(250);

type Work = Box<dyn FnOnce(&Connected) + Send>;

/// The connections, and since when there are none.
struct Connected {
    pool: r2d2::Pool<Connections>,
    failed: Mutex<Option<(Instant, String)>>,
}

impl Connected {
    fn get(&self) -> Result<r2d2::PooledConnection<Connections>, StoreError> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, why)) = &*failed
            && at.elapsed() < AFTER_A_FAILURE
        {
            return Err(StoreError::Unavailable(why.clone()));
        }
        *failed = None;
        drop(failed);
        self.pool.get().map_err(|error| {
            let why = error.to_string();
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((Instant::now(), why.clone()));
            StoreError::Unavailable(why)
        })
    }
}

/// A fixed number of threads that share a queue.
#[derive(Clone)]
pub(crate) struct Executor {
    queue: SyncSender<Work>,
}

impl Executor {
    /// Starts the threads. They end when the last clone of the executor is gone and the queue is empty.
    pub(crate) fn start(pool: &r2d2::Pool<Connections>, threads: usize) -> std::io::Result<Self> {
        let (queue, receiver) = sync_channel::<Work>(threads * QUEUE_PER_THREAD);
        let receiver = Arc::new(Mutex::new(receiver));
        let writers = Arc::new(Mutex::new(()));
        let connected = Arc::new(Connected {
            pool: pool.clone(),
            failed: Mutex::new(None),
        });
        for number in 0..threads {
            let connected = Arc::clone(&connected);
            let (receiver, writers) = (Arc::clone(&receiver), Arc::clone(&writers));
            std::thread::Builder::new()
                .name(format!("database-{number}"))
                .spawn(move || {
                    dialect::share_writers(writers);
                    while let Some(work) = next(&receiver) {
                        // What is caught here was reported by the panic hook; its caller is told by the dropped sender.
                        let _reported = catch_unwind(AssertUnwindSafe(|| work(&connected)));
                    }
                })?;
        }
        Ok(Self { queue })
    }

    /// Runs work with a connection and waits for its answer.
    pub(crate) async fn run<T, E>(
        &self,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let queued: Work = Box::new(move |connected| {
            if sender.is_closed() {
                return; // nobody waits any more
            }
            // The connection lives inside, so that a panic drops it while unwinding and the pool discards it.
            let result = match connected.get() {
                Ok(mut connection) => work(&mut connection),
                Err(error) => Err(error.into()),
            };
            let _gone = sender.send(result);
        });
        self.queue.try_send(queued).map_err(|error| {
            let why = match error {
                TrySendError::Full(_) => "too much work is queued",
                TrySendError::Disconnected(_) => "it was shut down",
            };
            E::from(StoreError::Unavailable(why.to_owned()))
        })?;
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::Corrupt("a statement panicked".to_owned()).into()))
    }
}

fn next(receiver: &Mutex<Receiver<Work>>) -> Option<Work> {
    receiver
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}
