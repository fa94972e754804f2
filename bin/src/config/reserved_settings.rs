//! Settings reserved for later versions. Setting one causes a warning, so that it is not believed
//! to work.

use super::sources::{ConfigError, Key, Sources};

const RESERVED: [(Key, &str); 6] = [
    (
        key("DATABASE_READ_URL", "database_read_url"),
        "all reads use DATABASE_URL",
    ),
    (
        key("SOJOURN_STORAGE_URL", "storage_url"),
        "photos are not supported yet",
    ),
    (key("STRIPE_SECRET_KEY", "stripe_secret_key"), STRIPE),
    (
        key("STRIPE_WEBHOOK_SECRET", "stripe_webhook_secret"),
        STRIPE,
    ),
    (key("STRIPE_API_BASE", "stripe_api_base"), STRIPE),
    (
        key("OTEL_EXPORTER_OTLP_ENDPOINT", "otlp_endpoint"),
        "traces are not exported; logs go to standard error",
    ),
];

const STRIPE: &str = "payments are SIMULATED and no money is transferred";

const fn key(variable: &'static str, field: &'static str) -> Key {
    Key {
        variable,
        field,
        secret: false,
    }
}

/// The keys of reserved settings in the file.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    RESERVED.iter().map(|(key, _)| key.field)
}

/// The variables of reserved settings.
pub(super) fn variables() -> impl Iterator<Item = &'static str> {
    RESERVED.iter().map(|(key, _)| key.variable)
}

/// One warning for each reserved setting that is set.
pub(super) fn warnings(sources: &Sources) -> Result<Vec<String>, ConfigError> {
    let mut warnings = Vec::new();
    for (key, instead) in RESERVED {
        if let Some(found) = sources.find(key)? {
            warnings.push(format!(
                "{} has NO EFFECT in this version: {instead}",
                found.key
            ));
        }
    }
    Ok(warnings)
}
