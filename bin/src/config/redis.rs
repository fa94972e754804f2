//! Which Redis, and how long it is waited for.

use std::fmt;
use std::time::Duration;

use super::keys::{REDIS_TIMEOUT, REDIS_URL};
use super::sources::{ConfigError, Found, Sources};

const DEFAULT_MS: u64 = 50;
const LEAST_MS: u64 = 5;
const GREATEST_MS: u64 = 5_000;

/// A Redis that servers share. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisSettings {
    url: Found,
    /// So long a command may take.
    pub timeout: Duration,
}

impl RedisSettings {
    /// What is set; none without a URL.
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let timeout = sources
            .find(REDIS_TIMEOUT)?
            .map_or(Ok(DEFAULT_MS), |found| milliseconds(&found))?;
        let Some(url) = sources.find(REDIS_URL)? else {
            return Ok(None);
        };
        check(&url)?;
        Ok(Some(Self {
            url,
            timeout: Duration::from_millis(timeout),
        }))
    }

    /// The URL whole, password and all.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url.value
    }

    /// The error that names the key under which the URL was given.
    pub(crate) fn wrong(&self, detail: impl Into<String>) -> ConfigError {
        self.url.wrong(detail)
    }
}

/// The scheme alone: the rest of the URL is read where it is used.
fn check(found: &Found) -> Result<(), ConfigError> {
    let url = found.value.as_str();
    if url.starts_with("rediss://") {
        let instead =
            "this build speaks no TLS with Redis: redis://…, over a private network or a tunnel";
        return Err(found.wrong(instead));
    }
    match url.strip_prefix("redis://") {
        Some(rest) if !rest.is_empty() => Ok(()),
        _ => Err(found.wrong("redis://[user:password@]host[:port][/number]")),
    }
}

fn milliseconds(found: &Found) -> Result<u64, ConfigError> {
    let number = found
        .value
        .parse()
        .ok()
        .filter(|number| (LEAST_MS..=GREATEST_MS).contains(number));
    number.ok_or_else(|| {
        found.wrong(format!(
            "a whole number of milliseconds from {LEAST_MS} to {GREATEST_MS}"
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
        RedisSettings::read(&Sources::of_variables(
            pairs.iter().map(|(name, value)| (*name, *value)),
        ))
    }

    #[test]
    fn hides_passwords_and_refuses_strangers() {
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
    fn patience_has_its_limits() {
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
