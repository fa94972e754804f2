//! The settings of Redis.

use std::fmt;
use std::time::Duration;

use super::keys::{REDIS_TIMEOUT, REDIS_URL};
use super::sources::{ConfigError, RawSetting, Sources};

const DEFAULT_TIMEOUT_MS: u64 = 50;
const MIN_TIMEOUT_MS: u64 = 5;
const MAX_TIMEOUT_MS: u64 = 5_000;

/// A Redis shared by servers. Displayed without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisSettings {
    url: RawSetting,
    /// Timeout of one command.
    pub timeout: Duration,
}

impl RedisSettings {
    /// The configured Redis; `None` without a URL.
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let timeout = sources
            .find(REDIS_TIMEOUT)?
            .map_or(Ok(DEFAULT_TIMEOUT_MS), |found| milliseconds(&found))?;
        let Some(url) = sources.find(REDIS_URL)? else {
            return Ok(None);
        };
        check_scheme(&url)?;
        Ok(Some(Self {
            url,
            timeout: Duration::from_millis(timeout),
        }))
    }

    /// The full URL, including its password.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url.value
    }

    /// An error that names the key of the URL.
    pub(crate) fn invalid(&self, detail: impl Into<String>) -> ConfigError {
        self.url.invalid(detail)
    }
}

/// Checks the scheme. The rest of the URL is parsed by the Redis client.
fn check_scheme(found: &RawSetting) -> Result<(), ConfigError> {
    let url = found.value.as_str();
    if url.starts_with("rediss://") {
        let instead = "TLS connections to Redis are not supported: use redis://… over a private network or a tunnel";
        return Err(found.invalid(instead));
    }
    match url.strip_prefix("redis://") {
        Some(rest) if !rest.is_empty() => Ok(()),
        _ => Err(found.invalid("must be redis://[user:password@]host[:port][/database]")),
    }
}

fn milliseconds(found: &RawSetting) -> Result<u64, ConfigError> {
    let number = found
        .value
        .parse()
        .ok()
        .filter(|number| (MIN_TIMEOUT_MS..=MAX_TIMEOUT_MS).contains(number));
    number.ok_or_else(|| {
        found.invalid(format!(
            "must be a whole number of milliseconds from {MIN_TIMEOUT_MS} to {MAX_TIMEOUT_MS}"
        ))
    })
}

impl fmt::Display for RedisSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.url().strip_prefix("redis://").unwrap_or_default();
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        let place = place.split_once('?').map_or(place, |(place, _)| place);
        write!(f, "redis://{place}")
    }
}

impl fmt::Debug for RedisSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} within {:?}", self.timeout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Option<RedisSettings>, ConfigError> {
        RedisSettings::read(&Sources::from_variables(
            pairs.iter().map(|(name, value)| (*name, *value)),
        ))
    }

    #[test]
    fn passwords_are_hidden_and_other_schemes_are_rejected() {
        let redis = read(&[(
            "REDIS_URL",
            "redis://ana:p@ss@cache.example:6379/2?protocol=resp3",
        )]);
        let redis = redis.unwrap().unwrap();
        assert_eq!(redis.to_string(), "redis://cache.example:6379/2");
        assert_eq!(
            format!("{redis:?}"),
            "redis://cache.example:6379/2 within 50ms"
        );
        for bad in [
            "rediss://:s3cret@cache.example",
            "http://s3cret",
            "s3cret",
            "redis://",
        ] {
            let error = read(&[("REDIS_URL", bad)]).unwrap_err().to_string();
            assert!(
                error.starts_with("REDIS_URL: ") && !error.contains("s3cret"),
                "{error}"
            );
        }
        assert_eq!(read(&[]).unwrap(), None);
    }

    #[test]
    fn the_timeout_has_a_range() {
        let url = ("REDIS_URL", "redis://localhost");
        let redis = read(&[url, ("SOJOURN_REDIS_TIMEOUT_MS", "200")])
            .unwrap()
            .unwrap();
        assert_eq!(redis.timeout, Duration::from_millis(200));
        for bad in ["4", "5001", "50ms", "-1"] {
            let error = read(&[("SOJOURN_REDIS_TIMEOUT_MS", bad)])
                .unwrap_err()
                .to_string();
            assert!(error.starts_with("SOJOURN_REDIS_TIMEOUT_MS: "), "{error}");
        }
    }
}
