//! The loop that does what is due.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use sojourn_application::ports::{IdempotencyStore, Ports};
use sojourn_application::work;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

const EVERY: Duration = Duration::from_secs(1);
const AFTER_A_FAILURE: Duration = Duration::from_secs(5);
/// Answers are kept for a day for clients that ask twice; then they are forgotten, once an hour.
const ANSWERS_KEPT: TimeDelta = TimeDelta::hours(24);
const FORGET_EVERY: TimeDelta = TimeDelta::hours(1);
const LEFT_TO_FINISH: Duration = Duration::from_secs(8);

/// A worker that runs until it is told to stop.
#[derive(Debug)]
pub(crate) struct Worker(JoinHandle<()>);

impl Worker {
    /// Begins to work, once a second. Links in mails lead to the given URL.
    pub(crate) fn start(
        ports: Ports,
        answers: Arc<dyn IdempotencyStore>,
        public_url: String,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Self(tokio::spawn(run(ports, answers, public_url, stopping)))
    }

    /// Waits for the work in hand, but not forever: what is cut off is done by the next worker.
    pub(crate) async fn finish(mut self) {
        if timeout(LEFT_TO_FINISH, &mut self.0).await.is_err() {
            tracing::warn!("the worker does not finish; it is cut off");
            self.0.abort();
        }
    }
}

async fn run(
    ports: Ports,
    answers: Arc<dyn IdempotencyStore>,
    public_url: String,
    mut stopping: watch::Receiver<bool>,
) {
    let mut forget_at = ports.clock.now();
    while !*stopping.borrow() {
        let now = ports.clock.now();
        if now >= forget_at {
            forget_at = now + FORGET_EVERY;
            if let Err(error) = answers.forget_before(now - ANSWERS_KEPT).await {
                tracing::warn!(%error, "old answers could not be forgotten");
            }
        }
        let pause = match work::tick(&ports, &public_url).await {
            Ok(0) => EVERY,
            Ok(done) => {
                tracing::debug!(done, "worked");
                EVERY
            }
            Err(error) => {
                tracing::error!(%error, "the worker cannot work; it tries again");
                AFTER_A_FAILURE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }
}
