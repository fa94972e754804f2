//! An in-memory cache for tests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sojourn_application::ports::{
    Cache, CacheKey, CacheNamespace, CacheReport, CacheStatus, CacheTag, Load,
};

type Key = (CacheNamespace, String);
type Entry = (Vec<CacheTag>, Arc<[u8]>);

/// A cache whose entries live until they are invalidated.
#[derive(Default)]
pub struct InspectableCache(Mutex<HashMap<Key, Entry>>);

impl InspectableCache {
    /// Namespace, name and tags of all entries.
    pub fn entries(&self) -> Vec<(CacheNamespace, String, Vec<CacheTag>)> {
        let all = self.0.lock().unwrap();
        all.iter()
            .map(|((namespace, name), (tags, _))| (*namespace, name.clone(), tags.clone()))
            .collect()
    }

    /// Replaces all entries with invalid ones.
    pub fn corrupt(&self) {
        for (_, bytes) in self.0.lock().unwrap().values_mut() {
            *bytes = b"\0garbage".as_slice().into();
        }
    }
}

#[async_trait]
impl Cache for InspectableCache {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, CacheStatus) {
        let place = (key.namespace, key.name);
        let known = self
            .0
            .lock()
            .unwrap()
            .get(&place)
            .map(|(_, bytes)| bytes.clone());
        if known.is_some() {
            return (known, CacheStatus::Hit);
        }
        let made = load.await;
        if let Some(bytes) = &made {
            self.0
                .lock()
                .unwrap()
                .insert(place, (key.tags, bytes.clone()));
        }
        (made, CacheStatus::Miss)
    }

    async fn invalidate(&self, tags: &[CacheTag]) {
        self.0
            .lock()
            .unwrap()
            .retain(|_, (of, _)| !of.iter().any(|tag| tags.contains(tag)));
    }

    async fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "memory",
            available: true,
            counts: Vec::new(),
        }
    }
}
