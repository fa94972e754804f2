//! A test cache that caches everything and records invalidations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use crate::ports::{Cache, CacheKey, CacheReport, Freshness, Load, Topic};

/// A cached response and its tags.
type Kept = (Vec<Topic>, Arc<[u8]>);

/// Caches everything until it is invalidated.
#[derive(Default)]
pub(super) struct Notebook {
    /// Responses by cache key.
    pub(super) kept: Mutex<HashMap<String, Kept>>,
    /// All invalidated tags, in order.
    pub(super) forgotten: Mutex<Vec<Topic>>,
}

impl Notebook {
    /// Returns and clears the recorded invalidations.
    pub(super) fn told(&self) -> Vec<Topic> {
        std::mem::take(&mut *self.forgotten.lock().unwrap())
    }
}

#[async_trait]
impl Cache for Notebook {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, Freshness) {
        let kept = self
            .kept
            .lock()
            .unwrap()
            .get(&key.name)
            .map(|(_, bytes)| bytes.clone());
        if kept.is_some() {
            return (kept, Freshness::Hit);
        }
        let made = load.await;
        if let Some(bytes) = &made {
            self.kept
                .lock()
                .unwrap()
                .insert(key.name, (key.topics, bytes.clone()));
        }
        (made, Freshness::Miss)
    }

    async fn forget(&self, topics: &[Topic]) {
        self.forgotten.lock().unwrap().extend(topics);
        self.kept
            .lock()
            .unwrap()
            .retain(|_, (on, _)| on.iter().all(|topic| !topics.contains(topic)));
    }

    async fn forget_all(&self) {
        self.kept.lock().unwrap().clear();
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "notebook",
            available: true,
            counts: Vec::new(),
        }
    }
}
