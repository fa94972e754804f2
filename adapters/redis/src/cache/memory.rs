//! Answers kept in the process.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use moka::policy::EvictionPolicy;
use moka::sync::Cache as Moka;
use sojourn_application::ports::{Cache, CacheKey, CacheReport, Freshness, Load, Shelf, Topic};

use super::counts::Counts;
use super::flights::Flights;
use super::shelf_life::{IN_PROCESS, LARGEST};

/// How many topics have a token at once.
const TOPICS: u64 = 100_000;

/// For how long a topic that nobody asks for keeps its token: longer than any answer.
const IDLE: Duration = Duration::from_secs(10);

/// What an answer weighs besides its bytes and its name, about.
const OVERHEAD: usize = 200;

/// Keeps answers in the process, each for a second: other servers do not tell it what they change.
#[derive(Debug)]
pub struct MemoryCache {
    answers: Moka<Name, Kept>,
    topics: Moka<Topic, u64>,
    epoch: AtomicU64,
    next: AtomicU64,
    flights: Flights<(Name, Tokens)>,
    counts: Counts,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Name(Shelf, Arc<str>);

/// That of the epoch first, then those of the topics.
type Tokens = Arc<[u64]>;

#[derive(Debug, Clone)]
struct Kept {
    tokens: Tokens,
    answer: Arc<[u8]>,
}

impl MemoryCache {
    /// Keeps at most so many bytes.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let answers = Moka::builder()
            .max_capacity(bytes)
            .weigher(weight)
            .time_to_live(IN_PROCESS);
        let topics = Moka::builder().max_capacity(TOPICS).time_to_idle(IDLE);
        Self {
            answers: answers.build(),
            topics: topics.eviction_policy(EvictionPolicy::lru()).build(),
            epoch: AtomicU64::new(0),
            next: AtomicU64::new(1),
            flights: Flights::default(),
            counts: Counts::default(),
        }
    }

    fn tokens(&self, topics: &[Topic]) -> Tokens {
        let token = |topic: &Topic| self.topics.get_with(*topic, || self.fresh());
        std::iter::once(self.epoch.load(Ordering::SeqCst))
            .chain(topics.iter().map(token))
            .collect()
    }

    /// A token that was never there before.
    fn fresh(&self) -> u64 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    fn keep(&self, name: Name, tokens: Tokens, answer: Arc<[u8]>) {
        if answer.len() <= LARGEST {
            self.answers.insert(name, Kept { tokens, answer });
        }
    }
}

fn weight(name: &Name, kept: &Kept) -> u32 {
    u32::try_from(kept.answer.len() + name.1.len() + OVERHEAD).unwrap_or(u32::MAX)
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, Freshness) {
        let tokens = self.tokens(&key.topics);
        let name = Name(key.shelf, key.name.into());
        if let Some(kept) = self.answers.get(&name)
            && kept.tokens == tokens
        {
            self.counts.hit(key.shelf);
            return (Some(kept.answer), Freshness::Hit);
        }
        self.counts.miss(key.shelf);
        let flight = (name.clone(), Arc::clone(&tokens));
        let keep = |answer| {
            self.keep(name, tokens, answer);
            ready(())
        };
        (
            self.flights.share(flight, load, keep).await,
            Freshness::Miss,
        )
    }

    async fn forget(&self, topics: &[Topic]) {
        topics
            .iter()
            .for_each(|topic| self.topics.invalidate(topic));
    }

    async fn forget_all(&self) {
        self.epoch.store(self.fresh(), Ordering::SeqCst);
        self.answers.invalidate_all();
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "memory",
            available: true,
            counts: self.counts.report(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: usize) -> CacheKey {
        CacheKey {
            shelf: Shelf::Searches,
            name: number.to_string(),
            topics: vec![Topic::Search],
        }
    }

    fn of(bytes: usize) -> Load<'static> {
        Box::pin(async move { Some(Arc::from(vec![b'x'; bytes])) })
    }

    #[tokio::test]
    async fn keeps_no_more_than_it_may() {
        let cache = MemoryCache::new(100_000);
        for number in 0..1_000 {
            cache.get_or_load(name(number), of(1_000)).await;
        }
        cache.answers.run_pending_tasks();
        let kept = cache
            .answers
            .iter()
            .map(|(_, kept)| kept.answer.len())
            .sum::<usize>();
        assert!((1_000..=100_000).contains(&kept), "{kept}");
    }

    #[tokio::test]
    async fn forgets_the_tokens_of_topics_that_have_none() {
        let cache = MemoryCache::new(1_000_000);
        cache.get_or_load(name(1), of(1)).await;
        cache.forget(&[Topic::Search]).await;
        cache.topics.run_pending_tasks();
        assert_eq!(cache.topics.entry_count(), 0);
    }
}
