//! An in-memory cache for tests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sojourn_application::ports::{Cache, CacheKey, CacheReport, Freshness, Load, Shelf, Topic};

type Place = (Shelf, String);
type Kept = (Vec<Topic>, Arc<[u8]>);

/// A cache whose entries live until they are invalidated.
#[derive(Default)]
pub struct Shelves(Mutex<HashMap<Place, Kept>>);

impl Shelves {
    /// Namespace, name and tags of all entries.
    pub fn kept(&self) -> Vec<(Shelf, String, Vec<Topic>)> {
        let all = self.0.lock().unwrap();
        all.iter()
            .map(|((shelf, name), (topics, _))| (*shelf, name.clone(), topics.clone()))
            .collect()
    }

    /// Replaces all entries with invalid ones.
    pub fn spoil(&self) {
        for (_, bytes) in self.0.lock().unwrap().values_mut() {
            *bytes = b"\0garbage".as_slice().into();
        }
    }
}

#[async_trait]
impl Cache for Shelves {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, Freshness) {
        let place = (key.shelf, key.name);
        let known = self
            .0
            .lock()
            .unwrap()
            .get(&place)
            .map(|(_, bytes)| bytes.clone());
        if known.is_some() {
            return (known, Freshness::Hit);
        }
        let made = load.await;
        if let Some(bytes) = &made {
            self.0
                .lock()
                .unwrap()
                .insert(place, (key.topics, bytes.clone()));
        }
        (made, Freshness::Miss)
    }

    async fn forget(&self, topics: &[Topic]) {
        self.0
            .lock()
            .unwrap()
            .retain(|_, (of, _)| !of.iter().any(|topic| topics.contains(topic)));
    }

    async fn forget_all(&self) {
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
