//! The tags that the answers to queries had.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use sojourn_application::ports::CacheTag;

/// Number of queries whose tags are remembered.
const MAX_QUERIES: u64 = 10_000;

/// Time after which the tags of a query that is not sent any more are forgotten.
const IDLE: Duration = Duration::from_secs(60);

/// The most tags of an answer that is cached.
const MAX_TAGS: usize = 400;

/// Digest of a query with its variables.
pub(crate) type Query = [u8; 32];

/// The tags of the last answer to each query.
#[derive(Clone)]
pub(crate) struct KnownTags(Cache<Query, Arc<[CacheTag]>>);

impl Default for KnownTags {
    fn default() -> Self {
        let cache = Cache::builder().max_capacity(MAX_QUERIES);
        Self(cache.time_to_idle(IDLE).build())
    }
}

impl KnownTags {
    /// The tags of a query; `None` if there was no answer yet.
    pub(crate) fn of(&self, query: &Query) -> Option<Arc<[CacheTag]>> {
        self.0.get(query)
    }

    /// Remembers the tags of an answer, unless there are none or too many.
    pub(crate) fn remember(&self, query: Query, tags: &[CacheTag]) {
        if (1..=MAX_TAGS).contains(&tags.len()) {
            self.0.insert(query, tags.into());
        }
    }
}
