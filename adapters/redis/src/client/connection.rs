//! One connection to Redis, with a deadline for each command and a circuit breaker.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection as Connection;
use redis::{
    AsyncConnectionConfig, Client as RedisClient, Cmd, FromRedisValue, Pipeline, RedisError,
    RedisResult,
};
use tokio::runtime::Handle;
use tokio::time::error::Elapsed;
use tokio::time::{sleep, timeout};

use super::breaker::{Breaker, Generation};
use crate::tag_version::{EPOCH, TAG_VERSION_TTL, TagVersion};

/// Pause between two attempts to connect.
const RECONNECT_INTERVAL: Duration = Duration::from_millis(500);

/// Deadline of connecting, and of the invalidation after it.
const RECONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Pause between two pings while waiting for the first answer.
const PING_INTERVAL: Duration = Duration::from_millis(20);

/// Maximum number of commands queued for the connection.
const PIPELINE_BUFFER: usize = 1_024;

/// Failure of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommandError {
    /// Redis did not answer, or the command was not sent because the circuit breaker is open.
    Unavailable,
    /// Redis answered with an error or with an unexpected type.
    Rejected,
}

/// A Redis client with a deadline and a circuit breaker.
///
/// The connection does not reconnect by itself: Redis may have restarted with older data. One task reconnects and
/// invalidates everything in Redis before the first read.
pub(crate) struct Client {
    client: RedisClient,
    timeout: Duration,
    breaker: Breaker<Connection>,
    /// Drives the connection: callers may run on other runtimes, which end before it.
    runtime: Handle,
    warned: AtomicBool,
}

impl Client {
    /// Starts connecting, on the current runtime.
    pub(crate) fn start(client: RedisClient, timeout: Duration) -> Arc<Self> {
        let client = Arc::new(Self {
            client,
            timeout,
            breaker: Breaker::open("no answer yet"),
            runtime: Handle::current(),
            warned: AtomicBool::new(false),
        });
        client.reconnect(false);
        client
    }

    /// True while commands are sent to Redis.
    pub(crate) fn is_up(&self) -> bool {
        self.breaker.is_closed()
    }

    /// The reason why they are not.
    pub(crate) fn down_reason(&self) -> String {
        self.breaker
            .reason()
            .unwrap_or_else(|| "no answer in time".to_owned())
    }

    /// Returns when Redis has answered a ping.
    pub(crate) async fn wait_until_up(self: &Arc<Self>) {
        while self.query::<()>(redis::cmd("PING")).await.is_err() {
            sleep(PING_INTERVAL).await;
        }
    }

    /// Sends a command.
    pub(crate) async fn query<T: FromRedisValue>(
        self: &Arc<Self>,
        command: Cmd,
    ) -> Result<T, CommandError> {
        self.run(async |mut connection| command.query_async(&mut connection).await)
            .await
    }

    /// Sends several commands at once.
    pub(crate) async fn query_pipeline<T: FromRedisValue>(
        self: &Arc<Self>,
        commands: Pipeline,
    ) -> Result<T, CommandError> {
        self.run(async |mut connection| commands.query_async(&mut connection).await)
            .await
    }

    /// Uses the connection under the deadline of one command.
    pub(crate) async fn run<T, W>(
        self: &Arc<Self>,
        work: impl FnOnce(Connection) -> W,
    ) -> Result<T, CommandError>
    where
        W: Future<Output = RedisResult<T>>,
    {
        let (connection, generation) = self
            .breaker
            .for_reading()
            .ok_or(CommandError::Unavailable)?;
        self.with_deadline(generation, work(connection)).await
    }

    /// Sends a command that invalidates cached values. It completes also when the caller is dropped. If it fails,
    /// nothing in Redis is read until everything there was invalidated.
    pub(crate) async fn send_invalidation(self: &Arc<Self>, command: Cmd) {
        let client = Arc::clone(self);
        let task = self.runtime.spawn(async move {
            let sent = match client.breaker.for_invalidation() {
                Some((mut connection, generation)) => {
                    client
                        .with_deadline(generation, async {
                            command.query_async::<()>(&mut connection).await
                        })
                        .await
                }
                None => Err(CommandError::Unavailable),
            };
            if sent.is_err() {
                client.trip();
            }
        });
        if task.await.is_err() {
            self.trip(); // the runtime is shutting down
        }
    }

    /// The command that invalidates all cached values.
    pub(crate) fn new_epoch() -> Cmd {
        let mut command = redis::cmd("SET");
        command
            .arg(EPOCH)
            .arg(TagVersion::generate().as_bytes())
            .arg("EX")
            .arg(TAG_VERSION_TTL.as_secs());
        command
    }

    async fn with_deadline<T>(
        self: &Arc<Self>,
        generation: Generation,
        work: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, CommandError> {
        let Ok(result) = timeout(self.timeout, work).await else {
            let reason = format!("no answer within {} ms", self.timeout.as_millis());
            self.reconnect_if(self.breaker.timed_out(generation, &reason), &reason);
            return Err(CommandError::Unavailable);
        };
        match result {
            Ok(reply) => {
                self.breaker.answered(generation);
                Ok(reply)
            }
            Err(error) if is_connection_unusable(&error) => {
                let reason = error.to_string();
                self.reconnect_if(self.breaker.disconnected(generation, &reason), &reason);
                Err(CommandError::Unavailable)
            }
            Err(error) => {
                self.breaker.answered(generation);
                self.warn_once(&error);
                Err(CommandError::Rejected)
            }
        }
    }

    /// Opens the circuit breaker after a failed invalidation.
    fn trip(self: &Arc<Self>) {
        let reason = "a change could not be invalidated";
        self.reconnect_if(self.breaker.trip(reason), reason);
    }

    fn reconnect_if(self: &Arc<Self>, opened: bool, reason: &str) {
        if opened {
            tracing::warn!(reason, "Redis is unavailable, continuing without it");
            self.reconnect(true);
        }
    }

    /// Logs the first rejected command since the last connect: later ones usually have the same cause.
    fn warn_once(&self, error: &RedisError) {
        if !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(%error, "Redis rejected a command, continuing without its result");
        }
    }

    /// Tries to connect until it succeeds. With `logged` the outage is in the log already.
    fn reconnect(self: &Arc<Self>, mut logged: bool) {
        let client = Arc::downgrade(self);
        self.runtime.spawn(async move {
            while let Some(client) = client.upgrade() {
                match client.try_connect().await {
                    Ok(()) => {
                        client.warned.store(false, Ordering::Relaxed);
                        tracing::info!("Redis is available");
                        return;
                    }
                    Err(reason) if !logged => {
                        tracing::warn!(reason, "Redis is unavailable, continuing without it");
                    }
                    Err(_) => {}
                }
                logged = true;
                drop(client);
                sleep(RECONNECT_INTERVAL).await;
            }
        });
    }

    /// Connects, and invalidates everything in Redis before the first read.
    async fn try_connect(&self) -> Result<(), String> {
        let connected = timeout(RECONNECT_TIMEOUT, self.connect()).await;
        let mut connection =
            describe(connected).inspect_err(|reason| self.breaker.keep_open(reason))?;
        let generation = self.breaker.half_open(connection.clone());
        let invalidated = timeout(
            RECONNECT_TIMEOUT,
            Self::new_epoch().query_async::<()>(&mut connection),
        )
        .await;
        describe(invalidated).inspect_err(|reason| self.breaker.keep_open(reason))?;
        if self.breaker.close(generation) {
            Ok(())
        } else {
            Err(self.down_reason())
        }
    }

    /// A connection without a deadline of its own: each command has one here.
    async fn connect(&self) -> RedisResult<Connection> {
        let config = AsyncConnectionConfig::new()
            .set_response_timeout(None)
            .set_pipeline_buffer_size(PIPELINE_BUFFER);
        self.client
            .get_multiplexed_async_connection_with_config(&config)
            .await
    }
}

/// Error codes of a Redis that can be read and not written: its disk is full, it is a replica, or it lacks replicas.
/// (With a full memory it still deletes.)
const READ_ONLY_CODES: [&str; 3] = ["MISCONF", "READONLY", "NOREPLICAS"];

/// True when the connection is unusable: it broke, or its server cannot be written, so that nothing can be invalidated
/// there and a read may return a stale value.
fn is_connection_unusable(error: &RedisError) -> bool {
    let read_only = error
        .code()
        .is_some_and(|code| READ_ONLY_CODES.contains(&code));
    error.is_io_error() || error.is_unrecoverable_error() || read_only
}

/// The result, with a description of the error that contains no secret.
fn describe<T>(result: Result<RedisResult<T>, Elapsed>) -> Result<T, String> {
    match result {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("no answer in time".to_owned()),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis")
            .field("up", &self.is_up())
            .finish_non_exhaustive()
    }
}
