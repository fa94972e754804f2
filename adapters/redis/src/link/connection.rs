//! One connection to Redis, under a deadline and a circuit breaker.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use redis::aio::MultiplexedConnection as Connection;
use redis::{
    AsyncConnectionConfig, Client, Cmd, FromRedisValue, Pipeline, RedisError, RedisResult,
};
use tokio::runtime::Handle;
use tokio::time::{sleep, timeout};

use super::breaker::{Breaker, Turn};
use crate::cache::{EPOCH, TOKENS, Token};

/// How often Redis is looked for while it is away.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How long one look may take: a connection and the answers to a few commands.
const LOOK_PATIENCE: Duration = Duration::from_secs(1);

/// How many commands may be on their way to the connection.
const QUEUE: usize = 1_024;

/// Why a command has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Redis did not answer, or was not asked because it is away.
    Away,
    /// It answered that it will not, or something that was not expected.
    Refused,
}

/// The way to Redis.
///
/// The connection does not come back by itself: Redis may have come back with an older memory than it went with. It is
/// made anew by one task, which forgets everything in it before anybody reads.
pub(crate) struct Link {
    client: Client,
    timeout: Duration,
    breaker: Breaker<Connection>,
    /// Where the connection is served: those who use it come from other runtimes, which end before it.
    runtime: Handle,
    complained: AtomicBool,
}

impl Link {
    /// Begins to look for Redis, on the runtime that this is called on.
    pub(crate) fn start(client: Client, timeout: Duration) -> Arc<Self> {
        let (breaker, runtime) = (Breaker::open("no answer yet"), Handle::current());
        let link = Self {
            client,
            timeout,
            breaker,
            runtime,
            complained: AtomicBool::new(false),
        };
        let link = Arc::new(link);
        link.look_for_it(false);
        link
    }

    /// Whether Redis is asked.
    pub(crate) fn is_up(&self) -> bool {
        self.breaker.is_closed()
    }

    /// Why it is not.
    pub(crate) fn why(&self) -> String {
        self.breaker
            .why()
            .unwrap_or_else(|| "no answer in time".to_owned())
    }

    /// Returns when Redis has answered.
    pub(crate) async fn answers(self: &Arc<Self>) {
        while self.ask::<()>(redis::cmd("PING")).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// The answer to a command.
    pub(crate) async fn ask<T: FromRedisValue>(
        self: &Arc<Self>,
        command: Cmd,
    ) -> Result<T, Failure> {
        self.run(async |mut connection| command.query_async(&mut connection).await)
            .await
    }

    /// The answers to several commands, sent at once.
    pub(crate) async fn ask_all<T: FromRedisValue>(
        self: &Arc<Self>,
        commands: Pipeline,
    ) -> Result<T, Failure> {
        self.run(async |mut connection| commands.query_async(&mut connection).await)
            .await
    }

    /// Does something with the connection, as one command with one deadline.
    pub(crate) async fn run<T, W>(
        self: &Arc<Self>,
        work: impl FnOnce(Connection) -> W,
    ) -> Result<T, Failure>
    where
        W: Future<Output = RedisResult<T>>,
    {
        let (connection, turn) = self.breaker.for_reading().ok_or(Failure::Away)?;
        self.timed(turn, work(connection)).await
    }

    /// Tells everybody by a command that something changed. It is told to the end when nobody waits for it any more, and
    /// where it cannot be told, nothing in Redis counts until everything there was forgotten.
    pub(crate) async fn announce(self: &Arc<Self>, command: Cmd) {
        let link = Arc::clone(self);
        let told = self.runtime.spawn(async move {
            let told = match link.breaker.for_announcing() {
                Some((mut connection, turn)) => {
                    link.timed(turn, async {
                        command.query_async::<()>(&mut connection).await
                    })
                    .await
                }
                None => Err(Failure::Away),
            };
            if told.is_err() {
                link.distrust();
            }
        });
        if told.await.is_err() {
            self.distrust(); // the runtime is going down
        }
    }

    /// The command that makes everybody forget everything.
    pub(crate) fn next_epoch() -> Cmd {
        let mut command = redis::cmd("SET");
        command
            .arg(EPOCH)
            .arg(Token::fresh().as_bytes())
            .arg("EX")
            .arg(TOKENS.as_secs());
        command
    }

    async fn timed<T>(
        self: &Arc<Self>,
        turn: Turn,
        work: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, Failure> {
        let Ok(result) = timeout(self.timeout, work).await else {
            let why = format!("no answer within {} ms", self.timeout.as_millis());
            self.given_up(self.breaker.failed(turn, &why), &why);
            return Err(Failure::Away);
        };
        match result {
            Ok(answer) => {
                self.breaker.answered(turn);
                Ok(answer)
            }
            Err(error) if is_lost(&error) => {
                let why = error.to_string();
                self.given_up(self.breaker.broke(turn, &why), &why);
                Err(Failure::Away)
            }
            Err(error) => {
                self.breaker.answered(turn);
                self.complain(&error);
                Err(Failure::Refused)
            }
        }
    }

    fn distrust(self: &Arc<Self>) {
        let why = "a change could not be announced";
        self.given_up(self.breaker.distrust(why), why);
    }

    fn given_up(self: &Arc<Self>, now: bool, why: &str) {
        if now {
            tracing::warn!(why, "Redis is away: going on without it");
            self.look_for_it(true);
        }
    }

    /// Once, until Redis is away and back: what it refuses it goes on refusing.
    fn complain(&self, error: &RedisError) {
        if !self.complained.swap(true, Ordering::Relaxed) {
            tracing::warn!(%error, "Redis refuses a command: going on without its answer");
        }
    }

    /// Looks for Redis until it is there. `told` says that it was said to be away.
    fn look_for_it(self: &Arc<Self>, mut told: bool) {
        let link = Arc::downgrade(self);
        self.runtime.spawn(async move {
            while let Some(link) = link.upgrade() {
                match link.look().await {
                    Ok(()) => {
                        link.complained.store(false, Ordering::Relaxed);
                        tracing::info!("Redis answers");
                        return;
                    }
                    Err(why) if !told => tracing::warn!(why, "Redis is away: going on without it"),
                    Err(_) => {}
                }
                told = true;
                drop(link);
                sleep(LOOK_EVERY).await;
            }
        });
    }

    /// Connects, and forgets everything in Redis before anybody reads it.
    async fn look(&self) -> Result<(), String> {
        let connected = timeout(LOOK_PATIENCE, self.connection()).await;
        let mut connection = said(connected).inspect_err(|why| self.breaker.stay_open(why))?;
        let turn = self.breaker.half_close(connection.clone());
        let forgotten = timeout(
            LOOK_PATIENCE,
            Self::next_epoch().query_async::<()>(&mut connection),
        )
        .await;
        said(forgotten).inspect_err(|why| self.breaker.stay_open(why))?;
        if self.breaker.close(turn) {
            Ok(())
        } else {
            Err(self.why())
        }
    }

    /// Commands have our deadline; it needs none of its own.
    async fn connection(&self) -> RedisResult<Connection> {
        let config = AsyncConnectionConfig::new()
            .set_response_timeout(None)
            .set_pipeline_buffer_size(QUEUE);
        self.client
            .get_multiplexed_async_connection_with_config(&config)
            .await
    }
}

/// What Redis says when it reads and does not write: its disk is full, or it is or lacks a copy. (With a full memory it
/// still forgets.)
const WRITES_NOTHING: [&str; 3] = ["MISCONF", "READONLY", "NOREPLICAS"];

/// Whether the connection is of no use any more: it broke, or leads where nothing can be forgotten, so that what is read
/// there may be of before a change.
fn is_lost(error: &RedisError) -> bool {
    let writes_nothing = error
        .code()
        .is_some_and(|code| WRITES_NOTHING.contains(&code));
    error.is_io_error() || error.is_unrecoverable_error() || writes_nothing
}

/// What came of it, or why nothing did, in words that hold no secret.
fn said<T>(result: Result<RedisResult<T>, tokio::time::error::Elapsed>) -> Result<T, String> {
    match result {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("no answer in time".to_owned()),
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis")
            .field("up", &self.is_up())
            .finish_non_exhaustive()
    }
}
