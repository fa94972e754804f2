//! Single flight: of concurrent loads of the same value, one runs and the others wait for it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sojourn_application::ports::Load;
use tokio::sync::watch;

/// Maximum time that a follower waits for the leader before it loads the value itself.
const MAX_WAIT: Duration = Duration::from_secs(2);

type Value = Arc<[u8]>;

/// The loads in progress. Their key contains the versions of the tags, so that a caller that arrives after a change
/// does not get a value from before it.
#[derive(Debug)]
pub(crate) struct SingleFlight<K: Eq + Hash>(Mutex<HashMap<K, watch::Receiver<Option<Value>>>>);

/// The part of one caller in a load.
enum Role<'a, K: Eq + Hash> {
    Leader(Leader<'a, K>),
    Follower(watch::Receiver<Option<Value>>),
}

/// The caller that loads. Dropping it ends the load, with or without a value.
struct Leader<'a, K: Eq + Hash> {
    flights: &'a SingleFlight<K>,
    key: K,
    value: watch::Sender<Option<Value>>,
}

impl<K: Eq + Hash> Default for SingleFlight<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Clone> SingleFlight<K> {
    /// The value of the load in progress, or else that of `load`, which is passed to `store`.
    pub(crate) async fn run<W>(
        &self,
        key: K,
        load: Load<'_>,
        store: impl FnOnce(Value) -> W,
    ) -> Option<Value>
    where
        W: Future<Output = ()>,
    {
        let role = self.join(key);
        if let Role::Follower(value) = &role
            && let Some(value) = wait_for_leader(value.clone()).await
        {
            return Some(value);
        }
        let value = load.await?;
        if let Role::Leader(leader) = &role {
            leader.value.send_replace(Some(Arc::clone(&value)));
        }
        // The load ends when the value is stored: callers that arrive until then find it here.
        store(Arc::clone(&value)).await;
        drop(role);
        Some(value)
    }

    fn join(&self, key: K) -> Role<'_, K> {
        let mut in_progress = self.in_progress();
        if let Some(value) = in_progress.get(&key) {
            return Role::Follower(value.clone());
        }
        let (sender, value) = watch::channel(None);
        in_progress.insert(key.clone(), value);
        Role::Leader(Leader {
            flights: self,
            key,
            value: sender,
        })
    }
}

impl<K: Eq + Hash> SingleFlight<K> {
    fn in_progress(&self) -> MutexGuard<'_, HashMap<K, watch::Receiver<Option<Value>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Leader<'_, K> {
    fn drop(&mut self) {
        self.flights.in_progress().remove(&self.key);
    }
}

/// `None` when the leader failed, was dropped, or took longer than [`MAX_WAIT`].
async fn wait_for_leader(mut value: watch::Receiver<Option<Value>>) -> Option<Value> {
    let loaded = tokio::time::timeout(MAX_WAIT, value.wait_for(Option::is_some)).await;
    loaded.ok()?.ok()?.clone()
}

#[cfg(test)]
#[path = "single_flight_tests.rs"]
mod tests;
