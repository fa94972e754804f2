//! The cache in Redis.

use std::sync::Arc;

use async_trait::async_trait;
use sojourn_application::ports::{
    Cache, CacheKey, CacheNamespace, CacheReport, CacheStatus, CacheTag, Load,
};

use super::envelope::{self, Decoded};
use super::keys;
use super::single_flight::SingleFlight;
use super::stats::Stats;
use super::ttl::{MAX_VALUE_BYTES, redis_ttl};
use crate::client::{Client, CommandError, Redis};
use crate::tag_version::{TAG_VERSION_TTL, TagVersion};

/// A cache in Redis, shared by all servers that use it. An invalidation by one server is effective for all.
///
/// Each value is stored with the versions that its tags had before it was loaded, and is valid while they have them. A
/// tag is invalidated by deleting its version; the next reader creates a new one.
#[derive(Debug)]
pub struct RedisCache {
    client: Arc<Client>,
    flights: SingleFlight<(String, Vec<TagVersion>)>,
    stats: Stats,
    /// Names the form of the values.
    form: String,
}

/// The result of a lookup.
enum Lookup {
    Hit(Arc<[u8]>),
    /// No valid value; the versions to store a new one with.
    Miss(Vec<TagVersion>),
}

impl RedisCache {
    /// A cache in this Redis.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        Self {
            client: redis.into_client(),
            flights: SingleFlight::default(),
            stats: Stats::default(),
            form: "0".to_owned(),
        }
    }

    /// The same for values of a named form. Servers of two releases whose answers differ in form share no values, but
    /// what either changes is invalidated for both.
    #[must_use]
    pub fn with_form(self, form: String) -> Self {
        Self { form, ..self }
    }

    /// One round trip, and another when a tag has no version.
    async fn lookup(
        &self,
        namespace: CacheNamespace,
        tags: &[CacheTag],
        value_key: &str,
    ) -> Result<Lookup, CommandError> {
        let version_keys = keys::versions(tags);
        let mut command = redis::cmd("MGET");
        command.arg(&version_keys).arg(value_key);
        let mut stored: Vec<Option<Vec<u8>>> = self.client.query(command).await?;
        let value = stored.pop().flatten();
        let versions: Vec<_> = stored
            .iter()
            .map(|bytes| bytes.as_deref().and_then(TagVersion::parse))
            .collect();
        match value.map(|bytes| envelope::decode(&bytes, &versions)) {
            Some(Decoded::Fresh(value)) => return Ok(Lookup::Hit(value)),
            Some(Decoded::Foreign) => self.stats.foreign(namespace),
            Some(Decoded::Stale) | None => {}
        }
        let foreign = stored
            .iter()
            .zip(&versions)
            .any(|(bytes, version)| bytes.is_some() && version.is_none());
        self.fill_versions(namespace, &version_keys, &versions, foreign)
            .await
            .map(Lookup::Miss)
    }

    /// The versions, with new ones for those that are missing. With `foreign`, one of the keys has other data.
    async fn fill_versions(
        &self,
        namespace: CacheNamespace,
        keys: &[String],
        versions: &[Option<TagVersion>],
        foreign: bool,
    ) -> Result<Vec<TagVersion>, CommandError> {
        let missing: Vec<_> = keys
            .iter()
            .zip(versions)
            .filter_map(|(key, version)| version.is_none().then_some(key))
            .collect();
        if missing.is_empty() {
            return Ok(versions.iter().copied().flatten().collect());
        }
        let created = if foreign {
            None
        } else {
            self.create_versions(&missing).await?
        };
        let created = match created {
            Some(created) => created,
            None => {
                self.stats.foreign(namespace);
                self.overwrite_versions(&missing).await?
            }
        };
        let mut created = created.into_iter();
        Ok(versions
            .iter()
            .filter_map(|version| version.or_else(|| created.next()))
            .collect())
    }

    /// Creates versions, or returns those that another server created first. `None` when a key has other data.
    async fn create_versions(
        &self,
        keys: &[&String],
    ) -> Result<Option<Vec<TagVersion>>, CommandError> {
        let mut commands = redis::pipe();
        for key in keys {
            commands
                .cmd("SET")
                .arg(key)
                .arg(TagVersion::generate().as_bytes())
                .arg("NX")
                .arg("PX")
                .arg(millis(TAG_VERSION_TTL))
                .ignore();
            commands.cmd("GET").arg(key);
        }
        let stored = self
            .client
            .query_pipeline::<Vec<Option<Vec<u8>>>>(commands)
            .await;
        match stored {
            Ok(stored) => Ok(stored
                .iter()
                .map(|bytes| bytes.as_deref().and_then(TagVersion::parse))
                .collect()),
            Err(CommandError::Rejected) => Ok(None),
            Err(CommandError::Unavailable) => Err(CommandError::Unavailable),
        }
    }

    /// Sets new versions, replacing existing data.
    async fn overwrite_versions(&self, keys: &[&String]) -> Result<Vec<TagVersion>, CommandError> {
        let mut commands = redis::pipe();
        let versions: Vec<_> = keys.iter().map(|_| TagVersion::generate()).collect();
        for (key, version) in keys.iter().zip(&versions) {
            commands
                .cmd("SET")
                .arg(key)
                .arg(version.as_bytes())
                .arg("PX")
                .arg(millis(TAG_VERSION_TTL))
                .ignore();
        }
        self.client.query_pipeline::<()>(commands).await?;
        Ok(versions)
    }

    async fn store(
        &self,
        namespace: CacheNamespace,
        key: String,
        versions: Vec<TagVersion>,
        value: Arc<[u8]>,
    ) {
        if value.len() > MAX_VALUE_BYTES {
            return;
        }
        let Some(bytes) = envelope::encode(&versions, &value) else {
            return;
        };
        let mut command = redis::cmd("SET");
        command
            .arg(key)
            .arg(bytes)
            .arg("PX")
            .arg(millis(redis_ttl(namespace)));
        // A value that could not be stored is loaded again: nothing depends on this.
        let _stored = self.client.query::<()>(command).await;
    }
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[async_trait]
impl Cache for RedisCache {
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, CacheStatus) {
        let value_key = keys::value(&self.form, &key);
        let namespace = key.namespace;
        match self.lookup(namespace, &key.tags, &value_key).await {
            Ok(Lookup::Hit(value)) => {
                self.stats.hit(namespace);
                (Some(value), CacheStatus::Hit)
            }
            Ok(Lookup::Miss(versions)) => {
                self.stats.miss(namespace);
                let flight = (value_key.clone(), versions.clone());
                let store = |value| self.store(namespace, value_key, versions, value);
                (
                    self.flights.run(flight, load, store).await,
                    CacheStatus::Miss,
                )
            }
            Err(CommandError::Unavailable | CommandError::Rejected) => {
                self.stats.miss(namespace);
                (load.await, CacheStatus::Miss)
            }
        }
    }

    async fn invalidate(&self, tags: &[CacheTag]) {
        if !tags.is_empty() {
            let mut command = redis::cmd("DEL");
            command.arg(tags.iter().map(keys::tag_version).collect::<Vec<_>>());
            self.client.send_invalidation(command).await;
        }
    }

    async fn clear(&self) {
        self.client.send_invalidation(Client::new_epoch()).await;
    }

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "redis",
            available: self.client.is_up(),
            counts: self.stats.report(),
        }
    }
}
