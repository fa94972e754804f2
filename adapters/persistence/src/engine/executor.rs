//! Threads for blocking database work, so that the async threads never wait for a database.
//!
//! The queue before the threads is bounded: work that does not fit is refused at once, so that its client
//! retries and does not wait behind work whose caller may have given up.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::r2d2::R2D2Connection;
use sojourn_application::ports::Signer;
use sojourn_application::read_limit;
use sojourn_domain::shared::RepositoryError;
use tokio::sync::oneshot;

use super::connection::{AnyConnection, ConnectionManager};
use super::errors::TxError;
use super::writer_lock::serialize_writers;
use crate::dialect::definition::STATEMENT_TIMEOUT;
use crate::load::{Load, LoadCounters};
use crate::signing::sign_with;

/// The amount of work that may wait for each thread.
const QUEUE_PER_THREAD: usize = 128;

/// The time for which work is refused at once after a connection could not be made: queued work must not wait for
/// one failure after another.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(250);

type Work = Box<dyn FnOnce(&ConnectionSource) + Send>;

type PooledConnection = r2d2::PooledConnection<ConnectionManager>;

/// Handling of work whose connection was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnLostConnection {
    /// It fails: it may have changed something.
    Fail,
    /// It is repeated once on another connection: it only reads.
    Repeat,
}

/// The pool of connections, and its last failure.
struct ConnectionSource {
    pool: r2d2::Pool<ConnectionManager>,
    load: Arc<LoadCounters>,
    failed: Mutex<Option<(Instant, String)>>,
}

impl ConnectionSource {
    /// A connection that answers. Those that were lost with another, as when the database restarts, are dropped.
    fn get_living(&self) -> Result<PooledConnection, RepositoryError> {
        for _ in 0..self.pool.max_size() {
            let mut connection = self.get()?;
            if connection.ping().is_ok() {
                return Ok(connection);
            }
            connection.give_up();
        }
        self.get()
    }

    fn get(&self) -> Result<PooledConnection, RepositoryError> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, reason)) = &*failed
            && at.elapsed() < PAUSE_AFTER_FAILURE
        {
            self.load.find_none();
            return Err(RepositoryError::Unavailable(reason.clone()));
        }
        *failed = None;
        drop(failed);
        self.pool.get().map_err(|error| {
            self.load.find_none();
            let reason = error.to_string();
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((Instant::now(), reason.clone()));
            RepositoryError::Unavailable(reason)
        })
    }
}

/// The time limit of statements that was set on a connection.
struct TimeLimit(Option<Duration>);

/// A fixed number of threads that share a queue.
#[derive(Clone)]
pub(crate) struct Executor {
    queue: SyncSender<Work>,
    load: Arc<LoadCounters>,
}

impl Executor {
    /// Starts the threads. They end when the last clone of the executor is gone and the queue is empty.
    pub(crate) fn start(
        pool: &r2d2::Pool<ConnectionManager>,
        threads: usize,
        signer: Option<&Arc<dyn Signer>>,
    ) -> std::io::Result<Self> {
        let (queue, receiver) = sync_channel::<Work>(threads * QUEUE_PER_THREAD);
        let receiver = Arc::new(Mutex::new(receiver));
        let writers = Arc::new(Mutex::new(()));
        let load = Arc::new(LoadCounters::default());
        let source = Arc::new(ConnectionSource {
            pool: pool.clone(),
            load: Arc::clone(&load),
            failed: Mutex::new(None),
        });
        for number in 0..threads {
            let source = Arc::clone(&source);
            let receiver = Arc::clone(&receiver);
            let writers = Arc::clone(&writers);
            let signer = signer.cloned();
            std::thread::Builder::new()
                .name(format!("database-{number}"))
                .spawn(move || {
                    serialize_writers(writers);
                    if let Some(signer) = signer {
                        sign_with(signer);
                    }
                    work_off(&receiver, &source);
                })?;
        }
        Ok(Self { queue, load })
    }

    /// Load of the threads.
    pub(crate) fn load(&self) -> Load {
        self.load.read()
    }

    /// Runs work with a connection and waits for its result.
    pub(crate) async fn run<T, E>(
        &self,
        lost: OnLostConnection,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<RepositoryError> + Send + 'static,
    {
        let (sender, result) = oneshot::channel();
        let limit = match lost {
            OnLostConnection::Fail => None,
            OnLostConnection::Repeat => read_limit::current(),
        };
        let mut work = move |connection: &mut PooledConnection| {
            set_time_limit(connection, limit)?;
            work(connection)
        };
        let queued_at = Instant::now();
        let queued: Work = Box::new(move |source| {
            let _doing = source.load.take(queued_at);
            if sender.is_closed() {
                return; // the caller has given up
            }
            // The connection lives inside, so that a panic drops it while unwinding and the pool discards it.
            let result = match source.get() {
                Ok(connection) => run_on(source, connection, lost, &mut work),
                Err(error) => Err(error.into()),
            };
            let _caller_gone = sender.send(result);
        });
        self.load.queue();
        self.queue.try_send(queued).map_err(|error| {
            self.load.refuse();
            let reason = match error {
                TrySendError::Full(_) => "too much work is queued",
                TrySendError::Disconnected(_) => "the database was shut down",
            };
            E::from(RepositoryError::Unavailable(reason.to_owned()))
        })?;
        result.await.unwrap_or_else(|_| {
            Err(RepositoryError::Internal("a statement panicked".to_owned()).into())
        })
    }
}

/// Runs work; repeats it once on a living connection if it failed because its connection was lost.
fn run_on<T, E: From<RepositoryError>>(
    source: &ConnectionSource,
    mut connection: PooledConnection,
    lost: OnLostConnection,
    work: &mut impl FnMut(&mut PooledConnection) -> Result<T, E>,
) -> Result<T, E> {
    let result = work(&mut connection);
    if result.is_err() {
        connection.find_loss();
        if connection.is_broken() {
            source.load.lose();
        }
    }
    if result.is_ok() || lost == OnLostConnection::Fail || !connection.is_broken() {
        return result;
    }
    drop(connection);
    tracing::info!("repeating a read whose connection was lost");
    match source.get_living() {
        Ok(mut connection) => work(&mut connection),
        Err(error) => Err(error.into()),
    }
}

/// Sets the time limit of the statements that follow, unless the connection has it; `None` is that of its settings.
fn set_time_limit(
    connection: &mut PooledConnection,
    limit: Option<Duration>,
) -> Result<(), RepositoryError> {
    let known = PooledConnection::extensions(connection).get::<TimeLimit>();
    if known.and_then(|known| known.0) == limit {
        return Ok(());
    }
    let statement = connection
        .dialect()
        .time_limit(limit.unwrap_or(STATEMENT_TIMEOUT));
    if let Some(statement) = statement {
        let set = connection.batch_execute(&statement);
        set.map_err(|error| RepositoryError::from(TxError::from(error)))?;
        PooledConnection::extensions_mut(connection).insert(TimeLimit(limit));
    }
    Ok(())
}

/// Runs what is queued until the queue is closed.
fn work_off(receiver: &Mutex<Receiver<Work>>, source: &ConnectionSource) {
    while let Some(work) = recv(receiver) {
        // A panic is reported by the panic hook; the caller learns of it by the dropped sender.
        let _reported = catch_unwind(AssertUnwindSafe(|| work(source)));
    }
}

fn recv(receiver: &Mutex<Receiver<Work>>) -> Option<Work> {
    receiver
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}
