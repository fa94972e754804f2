//! A test cache that caches everything and records invalidations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use crate::ports::{Cache, CacheKey, CacheReport, CacheStatus, CacheTag, Load};

/// A cached response and its tags.
type Entry = (Vec<CacheTag>, Arc<[u8]>);

/// Caches everything until it is invalidated.
#[derive(Default)]
pub(super) struct RecordingCache {
    /// Responses by cache key.
    pub(super) entries: Mutex<HashMap<String, Entry>>,
    /// All invalidated tags, in order.
    pub(super) invalidated: Mutex<Vec<CacheTag>>,
}

impl RecordingCache {
    /// Returns and clears the recorded invalidations.
    pub(super) fn invalidations(&self) -> Vec<CacheTag> {
        std::mem::take(&mut *self.invalidated.lock().unwrap())
    }
}

#[async_trait]
impl Cache for RecordingCache {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, CacheStatus) {
        let kept = self
            .entries
            .lock()
            .unwrap()
            .get(&key.name)
            .map(|(_, bytes)| bytes.clone());
        if kept.is_some() {
            return (kept, CacheStatus::Hit);
        }
        let made = load.await;
        if let Some(bytes) = &made {
            self.entries
                .lock()
                .unwrap()
                .insert(key.name, (key.tags, bytes.clone()));
        }
        (made, CacheStatus::Miss)
    }

    async fn invalidate(&self, tags: &[CacheTag]) {
        self.invalidated.lock().unwrap().extend(tags);
        self.entries
            .lock()
            .unwrap()
            .retain(|_, (on, _)| on.iter().all(|tag| !tags.contains(tag)));
    }

    async fn clear(&self) {
        self.entries.lock().unwrap().clear();
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "notebook",
            available: true,
            counts: Vec::new(),
        }
    }
}
