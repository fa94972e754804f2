//! Cache and rate limits: in a shared Redis if one is configured, else in the process.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use sojourn_application::caching::CachedSessions;
use sojourn_application::ports::{Cache, RateLimits, SessionStore, Unlimited};
use sojourn_redis::{
    ConnectError, MemoryCache, MemoryRateLimits, Redis, RedisCache, RedisOptions, RedisRateLimits,
};

use super::start_error::StartError;
use crate::config::{ConfigError, Environment, RedisSettings, Settings};

/// Capacity of the in-process cache in bytes.
const MEMORY_CACHE_BYTES: u64 = 32 * 1024 * 1024;
/// Timeout of the first connection to Redis.
const STARTUP_TIMEOUT: Duration = Duration::from_secs(3);
/// Advice about a Redis that does not answer.
const REMEDY: &str = "start it, correct the URL, or unset it to run on one server without it";
/// Warning of a server that starts without its Redis.
const IN_PROCESS_NOTE: &str = "cache and limits are in this process until the next start";
/// Warning of a command that cannot invalidate cached responses.
const STALE_CACHE_NOTE: &str = "servers that reach it may show outdated data for up to 30 seconds";

/// Backends of cache and rate limits, as they appear in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backends {
    /// `redis` or `in process`.
    pub cache: &'static str,
    /// `redis`, `in process` or `off`.
    pub limits: &'static str,
}

/// Cache and rate limits.
pub(crate) struct CacheAndLimits {
    /// Cache of responses and sessions.
    pub cache: Arc<dyn Cache>,
    /// Counters of rate limits.
    pub limits: Arc<dyn RateLimits>,
    /// Backends of both, for the log.
    pub backends: Backends,
    in_redis: bool,
}

/// Names the form of the answers of this release, which follows from the documents of its interfaces: answers that a
/// server of another release has cached may lack what this one promises.
fn form_of_answers() -> String {
    let mut digest = Sha256::new();
    digest.update(sojourn_http::openapi_json());
    digest.update(sojourn_graphql::sdl());
    let digest = digest.finalize();
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

impl CacheAndLimits {
    /// For a server or worker. If the configured Redis does not answer, production does not start;
    /// development falls back to the process.
    pub async fn for_server(settings: &Settings) -> Result<Self, StartError> {
        let Some(redis_settings) = &settings.redis else {
            return Ok(Self::in_process(settings));
        };
        match connect(redis_settings).await? {
            Ok(redis) => Ok(Self::in_redis(settings, redis)),
            Err(why) if settings.environment == Environment::Production => Err(redis_settings
                .invalid(format!("Redis does not answer ({why}): {REMEDY}"))
                .into()),
            Err(why) => {
                tracing::warn!(redis = %redis_settings, why, "Redis does not answer: {IN_PROCESS_NOTE}");
                Ok(Self::in_process(settings))
            }
        }
    }

    /// For a short-lived command. If the configured Redis does not answer, it only warns.
    pub async fn for_command(settings: &Settings) -> Result<Self, StartError> {
        let Some(redis_settings) = &settings.redis else {
            return Ok(Self::in_process(settings));
        };
        Ok(match connect(redis_settings).await? {
            Ok(redis) => Self::in_redis(settings, redis),
            Err(why) => {
                tracing::warn!(redis = %redis_settings, why, "Redis does not answer: {STALE_CACHE_NOTE}");
                Self::in_process(settings)
            }
        })
    }

    /// Cache and rate limits of this process only.
    pub fn in_process(settings: &Settings) -> Self {
        Self::new(
            settings,
            Arc::new(MemoryCache::new(MEMORY_CACHE_BYTES)),
            Arc::new(MemoryRateLimits::new()),
            false,
        )
    }

    /// Invalidates everything that any server has cached, after a bulk change.
    pub async fn clear_cache(&self) {
        self.cache.clear().await;
        if !self.cache.report().available {
            tracing::warn!("Redis no longer answers: {STALE_CACHE_NOTE}");
        }
    }

    /// The session store, cached if there is a Redis. An in-process cache would gain nothing over
    /// the database.
    pub fn sessions(&self, database: Arc<dyn SessionStore>) -> Arc<dyn SessionStore> {
        if self.in_redis {
            Arc::new(CachedSessions::new(database, Arc::clone(&self.cache)))
        } else {
            database
        }
    }

    fn in_redis(settings: &Settings, redis: Redis) -> Self {
        let limits: Arc<dyn RateLimits> = Arc::new(RedisRateLimits::new(redis.clone()));
        let cache = RedisCache::new(redis).with_form(form_of_answers());
        Self::new(settings, Arc::new(cache), limits, true)
    }

    fn new(
        settings: &Settings,
        cache: Arc<dyn Cache>,
        limits: Arc<dyn RateLimits>,
        in_redis: bool,
    ) -> Self {
        let backend = if in_redis { "redis" } else { "in process" };
        if settings.rate_limits {
            Self {
                cache,
                limits,
                backends: Backends {
                    cache: backend,
                    limits: backend,
                },
                in_redis,
            }
        } else {
            let backends = Backends {
                cache: backend,
                limits: "off",
            };
            Self {
                cache,
                limits: Arc::new(Unlimited),
                backends,
                in_redis,
            }
        }
    }
}

/// Connects to Redis. The inner error says why it does not answer.
async fn connect(redis_settings: &RedisSettings) -> Result<Result<Redis, String>, ConfigError> {
    let redis = Redis::connect(
        redis_settings.url(),
        RedisOptions {
            timeout: redis_settings.timeout,
        },
    );
    let redis = redis.map_err(|error| redis_settings.invalid(error.to_string()))?;
    match redis.ping(STARTUP_TIMEOUT).await {
        Ok(()) => Ok(Ok(redis)),
        Err(ConnectError::Unavailable(why)) => Ok(Err(why)),
        Err(error @ ConnectError::InvalidUrl(_)) => Err(redis_settings.invalid(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;

    /// No server listens on this port.
    const UNREACHABLE: &str = "redis://:s3cret@127.0.0.1:1/0";

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        let sources = Sources::from_variables(pairs.iter().map(|(name, value)| (*name, *value)));
        Settings::load(&sources).unwrap()
    }

    #[tokio::test]
    async fn an_unreachable_redis_stops_only_a_production_server() {
        let production = settings(&[("REDIS_URL", UNREACHABLE), ("SOJOURN_ENV", "production")]);
        let development = settings(&[("REDIS_URL", UNREACHABLE)]);
        let (refused, command, process) = tokio::join!(
            CacheAndLimits::for_server(&production),
            CacheAndLimits::for_command(&production),
            CacheAndLimits::for_server(&development),
        );
        let refused = refused.map(|_| ()).unwrap_err().to_string();
        assert!(
            refused.starts_with("REDIS_URL: Redis does not answer ("),
            "{refused}"
        );
        assert!(
            refused.ends_with(REMEDY) && !refused.contains("s3cret"),
            "{refused}"
        );
        let in_process = Backends {
            cache: "in process",
            limits: "in process",
        };
        assert_eq!(
            (command.unwrap().backends, process.unwrap().backends),
            (in_process, in_process)
        );
    }

    #[tokio::test]
    async fn an_invalid_url_names_its_key_and_limits_can_be_off() {
        let wrong = settings(&[("REDIS_URL", "redis://:s3cret@localhost:port")]);
        for refused in [
            CacheAndLimits::for_server(&wrong).await,
            CacheAndLimits::for_command(&wrong).await,
        ] {
            let refused = refused.map(|_| ()).unwrap_err().to_string();
            assert!(
                refused.starts_with("REDIS_URL: ") && !refused.contains("s3cret"),
                "{refused}"
            );
        }
        let unlimited = CacheAndLimits::for_server(&settings(&[("SOJOURN_RATE_LIMITS", "off")]))
            .await
            .unwrap();
        assert_eq!(
            unlimited.backends,
            Backends {
                cache: "in process",
                limits: "off"
            }
        );
    }
}
