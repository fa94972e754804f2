//! What servers share when there is a Redis, and each has for itself when there is none.

use std::sync::Arc;
use std::time::Duration;

use sojourn_application::caching::CachedSessions;
use sojourn_application::ports::{Cache, RateLimits, SessionStore, Unlimited};
use sojourn_redis::{
    ConnectError, LocalLimits, MemoryCache, Redis, RedisCache, RedisLimits, RedisOptions,
};

use crate::app::{Backends, StartError};
use crate::config::{ConfigError, Environment, RedisSettings, Settings};

/// What a cache in the process holds, in bytes.
const MEMORY: u64 = 32 * 1024 * 1024;
/// So long is waited for Redis when the program starts.
const PATIENCE: Duration = Duration::from_secs(3);
/// What to do about a Redis that does not answer.
const REMEDY: &str = "start it, correct the URL, or unset it to run on one server without it";
/// What is said when there is no Redis and need not be.
const ALONE: &str = "cache and limits are in this process until the next start";
/// What is said when servers cannot be told of a change.
const STALE: &str = "servers that reach it show what was before for up to 30 seconds";

/// Cache and limits.
pub(crate) struct Shared {
    /// Keeps answers for a while.
    pub cache: Arc<dyn Cache>,
    /// Counts how often things are done.
    pub limits: Arc<dyn RateLimits>,
    /// What stands behind both.
    pub backends: Backends,
    in_redis: bool,
}

impl Shared {
    /// For a process that stays. Told of a Redis that does not answer, it does not start in production, and goes on
    /// without it in development.
    pub async fn of_process(settings: &Settings) -> Result<Self, StartError> {
        let Some(told) = &settings.redis else {
            return Ok(Self::in_process(settings));
        };
        match reach(told).await? {
            Ok(redis) => Ok(Self::in_redis(settings, redis)),
            Err(why) if settings.environment == Environment::Production => Err(told
                .wrong(format!("Redis does not answer ({why}): {REMEDY}"))
                .into()),
            Err(why) => {
                tracing::warn!(redis = %told, why, "Redis does not answer: {ALONE}");
                Ok(Self::in_process(settings))
            }
        }
    }

    /// For a command that soon ends: it uses the Redis that is there.
    pub async fn of_command(settings: &Settings) -> Result<Self, StartError> {
        let Some(told) = &settings.redis else {
            return Ok(Self::in_process(settings));
        };
        Ok(match reach(told).await? {
            Ok(redis) => Self::in_redis(settings, redis),
            Err(why) => {
                tracing::warn!(redis = %told, why, "Redis does not answer: {STALE}");
                Self::in_process(settings)
            }
        })
    }

    /// For a process that is alone, or changes nothing.
    pub fn in_process(settings: &Settings) -> Self {
        Self::limited(
            settings,
            Arc::new(MemoryCache::new(MEMORY)),
            Arc::new(LocalLimits::new()),
            false,
        )
    }

    /// Makes every server forget what it keeps, after data was changed in bulk.
    pub async fn forget_everything(&self) {
        self.cache.forget_all().await;
        if !self.cache.report().available {
            tracing::warn!("Redis does not answer any more: {STALE}");
        }
    }

    /// The sessions of a database, kept in Redis if there is one. In the process that is not worth its while: the
    /// database is as near.
    pub fn sessions(&self, database: Arc<dyn SessionStore>) -> Arc<dyn SessionStore> {
        if self.in_redis {
            Arc::new(CachedSessions::new(database, Arc::clone(&self.cache)))
        } else {
            database
        }
    }

    fn in_redis(settings: &Settings, redis: Redis) -> Self {
        let limits: Arc<dyn RateLimits> = Arc::new(RedisLimits::new(redis.clone()));
        Self::limited(settings, Arc::new(RedisCache::new(redis)), limits, true)
    }

    fn limited(
        settings: &Settings,
        cache: Arc<dyn Cache>,
        limits: Arc<dyn RateLimits>,
        in_redis: bool,
    ) -> Self {
        let place = if in_redis { "redis" } else { "in process" };
        if settings.rate_limits {
            Self {
                cache,
                limits,
                backends: Backends {
                    cache: place,
                    limits: place,
                },
                in_redis,
            }
        } else {
            let backends = Backends {
                cache: place,
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

/// The Redis of a URL; or why it does not answer.
async fn reach(told: &RedisSettings) -> Result<Result<Redis, String>, ConfigError> {
    let redis = Redis::connect(
        told.url(),
        RedisOptions {
            timeout: told.timeout,
        },
    );
    let redis = redis.map_err(|error| told.wrong(error.to_string()))?;
    match redis.ping(PATIENCE).await {
        Ok(()) => Ok(Ok(redis)),
        Err(ConnectError::Away(why)) => Ok(Err(why)),
        Err(error @ ConnectError::Url(_)) => Err(told.wrong(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;

    /// Nobody listens there.
    const GONE: &str = "redis://:s3cret@127.0.0.1:1/0";

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        let sources = Sources::of_variables(pairs.iter().map(|(name, value)| (*name, *value)));
        Settings::load(&sources).unwrap()
    }

    #[tokio::test]
    async fn production_waits_for_no_redis_that_is_away() {
        let production = settings(&[("REDIS_URL", GONE), ("SOJOURN_ENV", "production")]);
        let development = settings(&[("REDIS_URL", GONE)]);
        let (refused, command, process) = tokio::join!(
            Shared::of_process(&production),
            Shared::of_command(&production),
            Shared::of_process(&development),
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
    async fn a_wrong_url_names_its_key_and_limits_can_be_off() {
        let wrong = settings(&[("REDIS_URL", "redis://:s3cret@localhost:port")]);
        for refused in [
            Shared::of_process(&wrong).await,
            Shared::of_command(&wrong).await,
        ] {
            let refused = refused.map(|_| ()).unwrap_err().to_string();
            assert!(
                refused.starts_with("REDIS_URL: ") && !refused.contains("s3cret"),
                "{refused}"
            );
        }
        let unlimited = Shared::of_process(&settings(&[("SOJOURN_RATE_LIMITS", "off")]))
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
