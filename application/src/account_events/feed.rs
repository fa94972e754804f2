//! The feed of a server: it looks for new events once for all followers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sojourn_domain::shared::{RepositoryError, UserId};
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::failure::{Failure, FailureKind, UseCaseError};
use crate::ports::{AccountEvent, AccountEvents};

/// Time between two looks for new events.
const POLL_INTERVAL: Duration = Duration::from_millis(400);

/// Time between two looks while the store fails.
const RETRY_INTERVAL: Duration = Duration::from_secs(2);

/// Events that are numbered or looked at in one go.
const BATCH: u32 = 500;

/// Events that a follower loads in one go.
const FOLLOWER_BATCH: u32 = 50;

/// Maximum number of followers of an account on a server.
const MAX_FOLLOWERS: usize = 5;

/// Errors of following events.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FollowError {
    /// The account has the maximum number of followers.
    #[error("the account has {MAX_FOLLOWERS} open subscriptions")]
    TooMany,
    /// The server shuts down.
    #[error("the server shuts down")]
    Closed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for FollowError {
    fn failure(&self) -> Failure {
        match self {
            Self::TooMany => Failure::new(
                FailureKind::Throttled(15),
                "too_many_subscriptions",
                format!(
                    "Your account has {MAX_FOLLOWERS} open subscriptions. Close one, then try again."
                ),
            ),
            Self::Closed => Failure::new(
                FailureKind::Unavailable,
                "unavailable",
                "The server is shutting down. Try again.",
            ),
            Self::Store(error) => error.failure(),
        }
    }
}

/// The followers of all accounts on a server. While there are any, one task looks for new events and wakes those of
/// the accounts concerned, which load their events themselves: one that is slow holds up no other, and misses nothing.
#[derive(Clone)]
pub struct EventFeed {
    events: Arc<dyn AccountEvents>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    followers: HashMap<UserId, Vec<Arc<Notify>>>,
    is_polling: bool,
    is_closed: bool,
}

impl State {
    fn wake(&self, user_id: UserId) {
        for follower in self.followers.get(&user_id).into_iter().flatten() {
            follower.notify_one();
        }
    }

    fn wake_all(&self) {
        for follower in self.followers.values().flatten() {
            follower.notify_one();
        }
    }
}

impl EventFeed {
    /// A feed without followers.
    #[must_use]
    pub fn new(events: Arc<dyn AccountEvents>) -> Self {
        Self {
            events,
            state: Arc::default(),
        }
    }

    /// Follows the events of an account after a position, or from now on.
    ///
    /// # Errors
    /// [`FollowError`].
    pub async fn follow(
        &self,
        user_id: UserId,
        after: Option<u64>,
    ) -> Result<Follower, FollowError> {
        let mut follower = self.register(user_id)?;
        while self.events.number(BATCH).await? == BATCH {}
        let last = self.events.last().await?;
        // A position after the last one is from before a backup was restored.
        follower.position = after.map_or(last, |after| after.min(last));
        // The follower loads its events up to the last one before it waits.
        self.start_polling(last);
        Ok(follower)
    }

    /// Number of followers.
    #[must_use]
    pub fn followers(&self) -> usize {
        self.state().followers.values().map(Vec::len).sum()
    }

    /// Ends all followers, and refuses new ones.
    pub fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.wake_all();
    }

    fn register(&self, user_id: UserId) -> Result<Follower, FollowError> {
        let mut state = self.state();
        if state.is_closed {
            return Err(FollowError::Closed);
        }
        let followers = state.followers.entry(user_id).or_default();
        if followers.len() >= MAX_FOLLOWERS {
            return Err(FollowError::TooMany);
        }
        let wake = Arc::new(Notify::new());
        followers.push(Arc::clone(&wake));
        Ok(Follower {
            feed: self.clone(),
            user_id,
            position: 0,
            wake,
        })
    }

    /// Looks for events after a position, unless that is being done.
    fn start_polling(&self, from: u64) {
        let mut state = self.state();
        if !state.is_polling {
            state.is_polling = true;
            tokio::spawn(self.clone().poll(from));
        }
    }

    /// Wakes followers until there are none.
    async fn poll(self, from: u64) {
        let mut position = from;
        loop {
            let pause = match self.look(position).await {
                Ok(seen) => {
                    position = seen;
                    POLL_INTERVAL
                }
                Err(error) => {
                    tracing::warn!(%error, "could not look for events of accounts");
                    RETRY_INTERVAL
                }
            };
            sleep(pause).await;
            let mut state = self.state();
            if state.is_closed || state.followers.is_empty() {
                state.is_polling = false;
                return;
            }
        }
    }

    /// Wakes the followers of accounts with events after a position, and returns the last position.
    async fn look(&self, after: u64) -> Result<u64, RepositoryError> {
        let mut position = after;
        loop {
            let numbered = self.events.number(BATCH).await?;
            let accounts = self.events.accounts_after(position, BATCH).await?;
            let count = accounts.len();
            let state = self.state();
            for (sequence, user_id) in accounts {
                position = position.max(sequence);
                state.wake(user_id);
            }
            if numbered < BATCH && count < BATCH as usize {
                return Ok(position);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One that follows the events of an account.
pub struct Follower {
    feed: EventFeed,
    user_id: UserId,
    position: u64,
    wake: Arc<Notify>,
}

impl Follower {
    /// The next events, in order, none if there are none yet.
    ///
    /// # Errors
    /// [`RepositoryError`]; the next call returns the same events.
    pub async fn next_events(&mut self) -> Result<Vec<AccountEvent>, RepositoryError> {
        let events = self
            .feed
            .events
            .of_account(self.user_id, self.position, FOLLOWER_BATCH);
        let events = events.await?;
        if let Some(last) = events.last() {
            self.position = last.sequence;
        }
        Ok(events)
    }

    /// Waits until there may be more events, or until the feed is closed.
    pub async fn wait(&self) {
        self.wake.notified().await;
    }

    /// True once the server shuts down.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.feed.state().is_closed
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let mut state = self.feed.state();
        if let Some(followers) = state.followers.get_mut(&self.user_id) {
            followers.retain(|wake| !Arc::ptr_eq(wake, &self.wake));
            if followers.is_empty() {
                state.followers.remove(&self.user_id);
            }
        }
    }
}
