//! The keys of all settings.

use super::sources::{ConfigError, FILE_SUFFIX, Key, Sources};
use super::{reserved_settings, terms};

pub(super) const LISTEN: Key = key("SOJOURN_LISTEN", "listen");
pub(super) const ENVIRONMENT: Key = key("SOJOURN_ENV", "env");
pub(super) const DATA_DIR: Key = key("SOJOURN_DATA_DIR", "data_dir");
pub(super) const DATABASE_URL: Key = secret("DATABASE_URL", "database_url");
pub(super) const REDIS_URL: Key = secret("REDIS_URL", "redis_url");
pub(super) const REDIS_TIMEOUT: Key = key("SOJOURN_REDIS_TIMEOUT_MS", "redis_timeout_ms");
pub(super) const SECRET: Key = secret("SOJOURN_SECRET", "secret");
pub(super) const SIGNING_KEYS: Key = key("SOJOURN_SIGNING_KEYS", "signing_keys");
pub(super) const ARGON2_PARAMS: Key = key("SOJOURN_ARGON2_PARAMS", "argon2_params");
pub(super) const RATE_LIMITS: Key = key("SOJOURN_RATE_LIMITS", "rate_limits");
pub(super) const TRUSTED_PROXIES: Key = key("SOJOURN_TRUSTED_PROXIES", "trusted_proxies");
pub(super) const PUBLIC_URL: Key = key("SOJOURN_PUBLIC_URL", "public_url");
pub(super) const CORS_ORIGINS: Key = key("SOJOURN_CORS_ORIGINS", "cors_origins");
pub(super) const GRAPHQL_INTROSPECTION: Key =
    key("SOJOURN_GRAPHQL_INTROSPECTION", "graphql_introspection");
pub(super) const MAIL_URL: Key = secret("SOJOURN_MAIL_URL", "mail_url");
pub(super) const MAIL_FROM: Key = key("SOJOURN_MAIL_FROM", "mail_from");
pub(super) const METRICS_LISTEN: Key = key("SOJOURN_METRICS_LISTEN", "metrics_listen");
pub(super) const BACKUP_URL: Key = key("SOJOURN_BACKUP_URL", "backup_url");
pub(super) const START_TIMEOUT: Key = key("SOJOURN_START_TIMEOUT_SECONDS", "start_timeout_seconds");
pub(super) const LOG: Key = key("RUST_LOG", "log");

/// Prefix of most variables.
const PREFIX: &str = "SOJOURN_";
/// Prefix of variables that the tests read.
const TEST_PREFIX: &str = "SOJOURN_TEST_";

pub(super) const ALL: [Key; 20] = [
    LISTEN,
    ENVIRONMENT,
    DATA_DIR,
    DATABASE_URL,
    REDIS_URL,
    REDIS_TIMEOUT,
    SECRET,
    SIGNING_KEYS,
    ARGON2_PARAMS,
    RATE_LIMITS,
    TRUSTED_PROXIES,
    PUBLIC_URL,
    CORS_ORIGINS,
    GRAPHQL_INTROSPECTION,
    MAIL_URL,
    MAIL_FROM,
    METRICS_LISTEN,
    BACKUP_URL,
    START_TIMEOUT,
    LOG,
];

const fn key(variable: &'static str, field: &'static str) -> Key {
    Key {
        variable,
        field,
        secret: false,
    }
}

const fn secret(variable: &'static str, field: &'static str) -> Key {
    Key {
        variable,
        field,
        secret: true,
    }
}

/// Every variable that looks like a setting but is none, such as a misspelt one.
pub(super) fn unknown_variables(sources: &Sources) -> impl Iterator<Item = &str> {
    let is_key = |name: &str| {
        let base = name.strip_suffix(FILE_SUFFIX);
        ALL.iter()
            .any(|key| key.variable == name || key.secret && Some(key.variable) == base)
    };
    let known = move |name: &str| {
        name.starts_with(terms::PREFIX)
            || name.starts_with(TEST_PREFIX)
            || is_key(name)
            || reserved_settings::variables().any(|reserved| reserved == name)
    };
    sources
        .variables_with(PREFIX)
        .filter(move |name| !known(name))
}

/// An error for each unknown key of the file.
pub(super) fn reject_unknown(sources: &Sources) -> Vec<ConfigError> {
    let known = |field: &str| {
        field == "terms"
            || ALL.iter().any(|key| key.field == field)
            || reserved_settings::fields().any(|name| name == field)
    };
    let names: Vec<_> = ALL.iter().map(|key| key.field).collect();
    let unknown = sources.file().keys().filter(|field| !known(field));
    let error = |field: &String| ConfigError::Invalid {
        key: format!("{field} in {}", sources.file_name()),
        detail: format!(
            "unknown setting; known are {} and the table [terms]",
            names.join(", ")
        ),
    };
    unknown.map(error).collect()
}
