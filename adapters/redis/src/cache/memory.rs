//! The cache in memory.

use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use moka::policy::EvictionPolicy;
use moka::sync::Cache as Moka;
use sojourn_application::ports::{
    Cache, CacheKey, CacheNamespace, CacheReport, CacheStatus, CacheTag, Load,
};

use super::single_flight::SingleFlight;
use super::stats::Stats;
use super::ttl::{MAX_VALUE_BYTES, MEMORY_TTL};

/// Maximum number of tags with a version.
const MAX_TAGS: u64 = 100_000;

/// Time after which an unused tag loses its version: longer than the lifetime of any value.
const TAG_IDLE_TIMEOUT: Duration = Duration::from_secs(10);

/// Approximate memory of an entry besides its value and its name, in bytes.
const ENTRY_OVERHEAD: usize = 200;

/// A cache in the memory of this process. It caches each value for a second, because it does not see the invalidations
/// of other servers.
#[derive(Debug)]
pub struct MemoryCache {
    entries: Moka<EntryKey, Entry>,
    tag_versions: Moka<CacheTag, u64>,
    epoch: AtomicU64,
    next_version: AtomicU64,
    flights: SingleFlight<(EntryKey, Versions)>,
    stats: Stats,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct EntryKey {
    namespace: CacheNamespace,
    name: Arc<str>,
}

/// The epoch, then the versions of the tags.
type Versions = Arc<[u64]>;

#[derive(Debug, Clone)]
struct Entry {
    versions: Versions,
    value: Arc<[u8]>,
}

impl MemoryCache {
    /// A cache of at most so many bytes.
    #[must_use]
    pub fn new(max_bytes: u64) -> Self {
        let entries = Moka::builder()
            .max_capacity(max_bytes)
            .weigher(weight)
            .time_to_live(MEMORY_TTL);
        let tag_versions = Moka::builder()
            .max_capacity(MAX_TAGS)
            .time_to_idle(TAG_IDLE_TIMEOUT)
            .eviction_policy(EvictionPolicy::lru());
        Self {
            entries: entries.build(),
            tag_versions: tag_versions.build(),
            epoch: AtomicU64::new(0),
            next_version: AtomicU64::new(1),
            flights: SingleFlight::default(),
            stats: Stats::default(),
        }
    }

    fn versions(&self, tags: &[CacheTag]) -> Versions {
        let version = |tag: &CacheTag| self.tag_versions.get_with(*tag, || self.new_version());
        std::iter::once(self.epoch.load(Ordering::SeqCst))
            .chain(tags.iter().map(version))
            .collect()
    }

    /// A version that was never used before.
    fn new_version(&self) -> u64 {
        self.next_version.fetch_add(1, Ordering::SeqCst)
    }

    fn store(&self, key: EntryKey, versions: Versions, value: Arc<[u8]>) {
        if value.len() <= MAX_VALUE_BYTES {
            self.entries.insert(key, Entry { versions, value });
        }
    }
}

fn weight(key: &EntryKey, entry: &Entry) -> u32 {
    u32::try_from(entry.value.len() + key.name.len() + ENTRY_OVERHEAD).unwrap_or(u32::MAX)
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, CacheStatus) {
        let versions = self.versions(&key.tags);
        let namespace = key.namespace;
        let entry_key = EntryKey {
            namespace,
            name: key.name.into(),
        };
        if let Some(entry) = self.entries.get(&entry_key)
            && entry.versions == versions
        {
            self.stats.hit(namespace);
            return (Some(entry.value), CacheStatus::Hit);
        }
        self.stats.miss(namespace);
        let flight = (entry_key.clone(), Arc::clone(&versions));
        let store = |value| {
            self.store(entry_key, versions, value);
            ready(())
        };
        (
            self.flights.run(flight, load, store).await,
            CacheStatus::Miss,
        )
    }

    async fn invalidate(&self, tags: &[CacheTag]) {
        tags.iter()
            .for_each(|tag| self.tag_versions.invalidate(tag));
    }

    async fn clear(&self) {
        self.epoch.store(self.new_version(), Ordering::SeqCst);
        self.entries.invalidate_all();
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "memory",
            available: true,
            counts: self.stats.report(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> CacheKey {
        CacheKey {
            namespace: CacheNamespace::Searches,
            name: number.to_string(),
            tags: vec![CacheTag::Search],
        }
    }

    fn load(bytes: usize) -> Load<'static> {
        Box::pin(async move { Some(Arc::from(vec![b'x'; bytes])) })
    }

    #[tokio::test]
    async fn values_never_exceed_the_capacity() {
        let cache = MemoryCache::new(100_000);
        for number in 0..1_000 {
            cache.get_or_load(key(number), load(1_000)).await;
        }
        cache.entries.run_pending_tasks();
        let cached = cache
            .entries
            .iter()
            .map(|(_, entry)| entry.value.len())
            .sum::<usize>();
        assert!((1_000..=100_000).contains(&cached), "{cached}");
    }

    #[tokio::test]
    async fn an_invalidated_tag_frees_its_version() {
        let cache = MemoryCache::new(1_000_000);
        cache.get_or_load(key(1), load(1)).await;
        cache.invalidate(&[CacheTag::Search]).await;
        cache.tag_versions.run_pending_tasks();
        assert_eq!(cache.tag_versions.entry_count(), 0);
    }
}
