//! How often answers were kept.

use std::sync::atomic::{AtomicU64, Ordering};

use sojourn_application::ports::{CacheCounts, Shelf};

/// Counts by kind of answer.
#[derive(Debug, Default)]
pub(crate) struct Counts([Row; Shelf::ALL.len()]);

#[derive(Debug, Default)]
struct Row {
    hits: AtomicU64,
    misses: AtomicU64,
    garbage: AtomicU64,
}

impl Counts {
    /// Answered from the cache.
    pub(crate) fn hit(&self, shelf: Shelf) {
        self.row(shelf).hits.fetch_add(1, Ordering::Relaxed);
    }

    /// Made anew.
    pub(crate) fn miss(&self, shelf: Shelf) {
        self.row(shelf).misses.fetch_add(1, Ordering::Relaxed);
    }

    /// Found under our name, and not ours.
    pub(crate) fn garbage(&self, shelf: Shelf) {
        self.row(shelf).garbage.fetch_add(1, Ordering::Relaxed);
    }

    /// One row a kind.
    pub(crate) fn report(&self) -> Vec<CacheCounts> {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let row = |shelf| {
            let Row {
                hits,
                misses,
                garbage,
            } = self.row(shelf);
            CacheCounts {
                shelf,
                hits: read(hits),
                misses: read(misses),
                garbage: read(garbage),
            }
        };
        Shelf::ALL.map(row).to_vec()
    }

    fn row(&self, shelf: Shelf) -> &Row {
        let [properties, profiles, reviews, searches, sessions] = &self.0;
        match shelf {
            Shelf::Properties => properties,
            Shelf::Profiles => profiles,
            Shelf::Reviews => reviews,
            Shelf::Searches => searches,
            Shelf::Sessions => sessions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_counted_by_itself() {
        let counts = Counts::default();
        for (times, shelf) in Shelf::ALL.into_iter().enumerate() {
            (0..=times).for_each(|_| counts.hit(shelf));
            (0..=2 * times).for_each(|_| counts.miss(shelf));
            (0..=3 * times).for_each(|_| counts.garbage(shelf));
        }
        for ((times, shelf), row) in (0..).zip(Shelf::ALL).zip(counts.report()) {
            let expected = CacheCounts {
                shelf,
                hits: times + 1,
                misses: 2 * times + 1,
                garbage: 3 * times + 1,
            };
            assert_eq!(row, expected);
        }
    }
}
