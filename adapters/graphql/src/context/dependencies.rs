//! The tags that an answer depends on.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use sojourn_application::ports::CacheTag;

/// Collects the tags of what the fields of a request have read.
#[derive(Debug, Default)]
pub(crate) struct Dependencies(Mutex<HashSet<CacheTag>>);

impl Dependencies {
    /// Notes a tag, before what carries it is read.
    pub(crate) fn add(&self, tag: CacheTag) {
        self.lock().insert(tag);
    }

    /// All tags so far, in one order whatever the order of the fields.
    pub(crate) fn sorted(&self) -> Vec<CacheTag> {
        let mut tags: Vec<_> = self.lock().iter().copied().collect();
        tags.sort_by_cached_key(|tag| format!("{tag:?}"));
        tags
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<CacheTag>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
