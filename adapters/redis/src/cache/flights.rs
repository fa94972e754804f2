//! Of those who need the same answer at once, one makes it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sojourn_application::ports::Load;
use tokio::sync::watch;

/// For how long one waits for another's answer before making it oneself.
const PATIENCE: Duration = Duration::from_secs(2);

type Answer = Arc<[u8]>;

/// The answers that are being made now, by what they are and what they depend on: who comes after a change has other
/// tokens, and does not take an answer of before it.
#[derive(Debug)]
pub(crate) struct Flights<K: Eq + Hash>(Mutex<HashMap<K, watch::Receiver<Option<Answer>>>>);

/// How one takes part.
enum Seat<'a, K: Eq + Hash> {
    Leads(Lead<'a, K>),
    Follows(watch::Receiver<Option<Answer>>),
}

/// Makes the answer for all. When it is dropped, answer or not, the flight is over.
struct Lead<'a, K: Eq + Hash> {
    flights: &'a Flights<K>,
    key: K,
    answer: watch::Sender<Option<Answer>>,
}

impl<K: Eq + Hash> Default for Flights<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Clone> Flights<K> {
    /// The answer that another is making, or else the one that `load` makes, which is given to `keep`.
    pub(crate) async fn share<W>(
        &self,
        key: K,
        load: Load<'_>,
        keep: impl FnOnce(Answer) -> W,
    ) -> Option<Answer>
    where
        W: Future<Output = ()>,
    {
        let seat = self.board(key);
        if let Seat::Follows(answer) = &seat
            && let Some(answer) = follow(answer.clone()).await
        {
            return Some(answer);
        }
        let answer = load.await?;
        if let Seat::Leads(lead) = &seat {
            lead.answer.send_replace(Some(Arc::clone(&answer)));
        }
        // The flight goes on until the answer is kept: who comes meanwhile finds it here.
        keep(Arc::clone(&answer)).await;
        drop(seat);
        Some(answer)
    }

    fn board(&self, key: K) -> Seat<'_, K> {
        let mut flying = self.flying();
        if let Some(answer) = flying.get(&key) {
            return Seat::Follows(answer.clone());
        }
        let (sender, answer) = watch::channel(None);
        flying.insert(key.clone(), answer);
        Seat::Leads(Lead {
            flights: self,
            key,
            answer: sender,
        })
    }
}

impl<K: Eq + Hash> Flights<K> {
    fn flying(&self) -> MutexGuard<'_, HashMap<K, watch::Receiver<Option<Answer>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Drop for Lead<'_, K> {
    fn drop(&mut self) {
        self.flights.flying().remove(&self.key);
    }
}

/// Nothing when there came none, or when it took too long.
async fn follow(mut answer: watch::Receiver<Option<Answer>>) -> Option<Answer> {
    let landed = tokio::time::timeout(PATIENCE, answer.wait_for(Option::is_some)).await;
    landed.ok()?.ok()?.clone()
}

#[cfg(test)]
#[path = "flights_tests.rs"]
mod tests;
