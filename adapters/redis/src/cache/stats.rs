//! Hit and miss counters of a cache.

use std::sync::atomic::{AtomicU64, Ordering};

use sojourn_application::ports::{CacheCounts, CacheNamespace};

/// Counters by namespace.
#[derive(Debug, Default)]
pub(crate) struct Stats([Counters; CacheNamespace::ALL.len()]);

#[derive(Debug, Default)]
struct Counters {
    hits: AtomicU64,
    misses: AtomicU64,
    foreign: AtomicU64,
}

impl Stats {
    /// Counts a value served from the cache.
    pub(crate) fn hit(&self, namespace: CacheNamespace) {
        self.of(namespace).hits.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a value that had to be loaded.
    pub(crate) fn miss(&self, namespace: CacheNamespace) {
        self.of(namespace).misses.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts data under a key of this cache that this cache did not write.
    pub(crate) fn foreign(&self, namespace: CacheNamespace) {
        self.of(namespace).foreign.fetch_add(1, Ordering::Relaxed);
    }

    /// One row for each namespace.
    pub(crate) fn report(&self) -> Vec<CacheCounts> {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let row = |namespace| {
            let counters = self.of(namespace);
            CacheCounts {
                namespace,
                hits: read(&counters.hits),
                misses: read(&counters.misses),
                foreign: read(&counters.foreign),
            }
        };
        CacheNamespace::ALL.map(row).to_vec()
    }

    fn of(&self, namespace: CacheNamespace) -> &Counters {
        let [properties, profiles, reviews, searches, queries, sessions] = &self.0;
        match namespace {
            CacheNamespace::Properties => properties,
            CacheNamespace::Profiles => profiles,
            CacheNamespace::Reviews => reviews,
            CacheNamespace::Searches => searches,
            CacheNamespace::Queries => queries,
            CacheNamespace::Sessions => sessions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_counted_separately() {
        let stats = Stats::default();
        for (times, namespace) in CacheNamespace::ALL.into_iter().enumerate() {
            (0..=times).for_each(|_| stats.hit(namespace));
            (0..=2 * times).for_each(|_| stats.miss(namespace));
            (0..=3 * times).for_each(|_| stats.foreign(namespace));
        }
        for ((times, namespace), row) in (0..).zip(CacheNamespace::ALL).zip(stats.report()) {
            let expected = CacheCounts {
                namespace,
                hits: times + 1,
                misses: 2 * times + 1,
                foreign: 3 * times + 1,
            };
            assert_eq!(row, expected);
        }
    }
}
