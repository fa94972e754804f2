//! The names of all settings.

use super::sources::{ConfigError, Key, Sources};
use super::unserved;

pub(super) const LISTEN: Key = key("SOJOURN_LISTEN", "listen");
pub(super) const ENVIRONMENT: Key = key("SOJOURN_ENV", "env");
pub(super) const DATA_DIR: Key = key("SOJOURN_DATA_DIR", "data_dir");
pub(super) const DATABASE_URL: Key = key("DATABASE_URL", "database_url");
pub(super) const REDIS_URL: Key = key("REDIS_URL", "redis_url");
pub(super) const REDIS_TIMEOUT: Key = key("SOJOURN_REDIS_TIMEOUT_MS", "redis_timeout_ms");
pub(super) const SECRET: Key = key("SOJOURN_SECRET", "secret");
pub(super) const SIGNING_KEYS: Key = key("SOJOURN_SIGNING_KEYS", "signing_keys");
pub(super) const PASSWORD_WORK: Key = key("SOJOURN_PASSWORD_WORK", "password_work");
pub(super) const RATE_LIMITS: Key = key("SOJOURN_RATE_LIMITS", "rate_limits");
pub(super) const TRUSTED_PROXIES: Key = key("SOJOURN_TRUSTED_PROXIES", "trusted_proxies");
pub(super) const PUBLIC_URL: Key = key("SOJOURN_PUBLIC_URL", "public_url");
pub(super) const CORS_ORIGINS: Key = key("SOJOURN_CORS_ORIGINS", "cors_origins");
pub(super) const MAIL_URL: Key = key("SOJOURN_MAIL_URL", "mail_url");
pub(super) const MAIL_FROM: Key = key("SOJOURN_MAIL_FROM", "mail_from");
pub(super) const LOG: Key = key("RUST_LOG", "log");

const ALL: [Key; 16] = [
    LISTEN,
    ENVIRONMENT,
    DATA_DIR,
    DATABASE_URL,
    REDIS_URL,
    REDIS_TIMEOUT,
    SECRET,
    SIGNING_KEYS,
    PASSWORD_WORK,
    RATE_LIMITS,
    TRUSTED_PROXIES,
    PUBLIC_URL,
    CORS_ORIGINS,
    MAIL_URL,
    MAIL_FROM,
    LOG,
];

const fn key(variable: &'static str, field: &'static str) -> Key {
    Key { variable, field }
}

/// Refuses a key of the file that means nothing.
pub(super) fn refuse_unknown(sources: &Sources) -> Result<(), ConfigError> {
    let known = |field: &str| {
        field == "terms"
            || ALL.iter().any(|key| key.field == field)
            || unserved::fields().any(|name| name == field)
    };
    let names: Vec<_> = ALL.iter().map(|key| key.field).collect();
    sources
        .file()
        .keys()
        .find(|field| !known(field))
        .map_or(Ok(()), |field| {
            Err(ConfigError::Wrong {
                key: format!("{field} in {}", sources.file_name()),
                detail: format!(
                    "there is no such setting, only {} and the table [terms]",
                    names.join(", ")
                ),
            })
        })
}
