//! Settings that mean something only to later versions: nobody shall believe that they work.

use super::sources::{ConfigError, Key, Sources};

const UNSERVED: [(Key, &str); 7] = [
    (
        key("DATABASE_READ_URL", "database_read_url"),
        "every read goes to DATABASE_URL",
    ),
    (
        key("SOJOURN_STORAGE_URL", "storage_url"),
        "there are no photos to store yet",
    ),
    (key("STRIPE_SECRET_KEY", "stripe_secret_key"), STRIPE),
    (
        key("STRIPE_WEBHOOK_SECRET", "stripe_webhook_secret"),
        STRIPE,
    ),
    (key("STRIPE_API_BASE", "stripe_api_base"), STRIPE),
    (
        key("SOJOURN_METRICS_LISTEN", "metrics_listen"),
        "there are no metrics yet",
    ),
    (
        key("OTEL_EXPORTER_OTLP_ENDPOINT", "otlp_endpoint"),
        "traces are not exported; logs go to standard error",
    ),
];

const STRIPE: &str = "payments are SIMULATED and move no money";

const fn key(variable: &'static str, field: &'static str) -> Key {
    Key { variable, field }
}

/// The keys of these settings in the file.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    UNSERVED.iter().map(|(key, _)| key.field)
}

/// A warning for each that is set.
pub(super) fn warnings(sources: &Sources) -> Result<Vec<String>, ConfigError> {
    let mut warnings = Vec::new();
    for (key, instead) in UNSERVED {
        if let Some(found) = sources.find(key)? {
            warnings.push(format!(
                "{} has NO EFFECT in this version: {instead}",
                found.key
            ));
        }
    }
    Ok(warnings)
}
