//! Building [`Settings`] from variables and file.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sojourn_security::Argon2Params;

use super::problems::Problems;
use super::sources::{ConfigError, Key, RawSetting, Sources};
use super::{
    DatabaseUrl, Environment, MailRoute, RedisSettings, Settings, keys, mail, network,
    reserved_settings, secret, terms,
};

/// Loopback interface only.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Reads settings and collects the wrong ones.
struct Reader<'a> {
    sources: &'a Sources,
    problems: Problems,
}

impl Reader<'_> {
    /// The setting, if it is given and valid.
    fn read<T>(
        &mut self,
        key: Key,
        parse: impl FnOnce(&RawSetting) -> Result<T, ConfigError>,
    ) -> Option<T> {
        let found = self.problems.note_optional(self.sources.find(key))?;
        self.problems.note(parse(&found))
    }
}

/// The data folder, unless another is set.
const DEFAULT_DATA_DIR: &str = "./sojourn-data";

/// Time for which the start waits for a database on a server.
const DEFAULT_START_TIMEOUT: Duration = Duration::from_secs(30);

/// Longest time for which the start may wait.
const MAX_START_TIMEOUT: u64 = 600;

impl Settings {
    /// Reads and validates every setting. Creates nothing and connects to nothing.
    ///
    /// # Errors
    /// [`ConfigError`] about all invalid values.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let mut reader = Reader {
            sources,
            problems: Problems::default(),
        };
        reader.problems.extend(keys::reject_unknown(sources));
        let environment = reader
            .read(keys::ENVIRONMENT, environment)
            .unwrap_or(Environment::Development);
        let production = environment == Environment::Production;
        let data_dir = reader.problems.note_optional(sources.find(keys::DATA_DIR));
        let data_dir = PathBuf::from(data_dir.map_or(DEFAULT_DATA_DIR.to_owned(), |it| it.value));
        let warnings = doubtful_variables(sources, production, &mut reader.problems);
        let listen = reader.read(keys::LISTEN, network::listen);
        let database = reader.read(keys::DATABASE_URL, DatabaseUrl::parse);
        let redis = reader.problems.note_optional(RedisSettings::read(sources));
        let public_url = reader.read(keys::PUBLIC_URL, network::public_url);
        let cors_origins = reader.read(keys::CORS_ORIGINS, network::origins);
        let graphql_introspection = reader.read(keys::GRAPHQL_INTROSPECTION, on_or_off);
        let trusted_proxies = reader.read(keys::TRUSTED_PROXIES, network::proxies);
        let rate_limits = reader.read(keys::RATE_LIMITS, on_or_off);
        let argon2_params = reader.read(keys::ARGON2_PARAMS, argon2_params);
        let metrics_listen = reader.read(keys::METRICS_LISTEN, network::listen);
        let start_timeout = reader.read(keys::START_TIMEOUT, seconds);
        let backup_folder = reader.read(keys::BACKUP_URL, backup_folder);
        let log = reader.read(keys::LOG, log_filter);
        let secrets = reader.read(keys::SECRET, |found| secret::parse(found, production));
        let signing_keys = reader.read(keys::SIGNING_KEYS, |found| Ok(found.clone()));
        let terms = reader.problems.note(terms::read(sources));
        let mail = reader.problems.note(mail::route(sources));
        let settings = Self {
            listen: listen.unwrap_or(DEFAULT_LISTEN),
            environment,
            database: database.unwrap_or_else(|| DatabaseUrl::embedded_in(&data_dir, "sojourn.db")),
            redis,
            data_dir,
            public_url,
            cors_origins: cors_origins.unwrap_or_default(),
            graphql_introspection: graphql_introspection.unwrap_or(!production),
            trusted_proxies: trusted_proxies.unwrap_or_default(),
            rate_limits: rate_limits.unwrap_or(true),
            argon2_params: argon2_params.unwrap_or_default(),
            mail: reader.problems.finish(mail)?,
            metrics_listen,
            backup_folder,
            start_timeout: start_timeout.unwrap_or(DEFAULT_START_TIMEOUT),
            log,
            terms: terms.unwrap_or_default(),
            warnings,
            secrets,
            signing_keys,
        };
        Ok(settings.with_warnings())
    }

    /// Adds a warning for each value that is allowed but probably a mistake, most of them in production only.
    fn with_warnings(mut self) -> Self {
        if is_accessible_to_others(&self.data_dir) {
            self.warnings.push(format!(
                "other users of this machine can read {}, which contains personal data and secrets: chmod 700",
                self.data_dir.display()
            ));
        }
        if self.environment == Environment::Development {
            return self;
        }
        let mut warn = |warning: &str| self.warnings.push(warning.to_owned());
        if self.public_url.is_none() {
            warn("SOJOURN_PUBLIC_URL is not set: links in mails point to the listening address");
        }
        if !self.rate_limits {
            warn("SOJOURN_RATE_LIMITS is off: password guessing is not limited");
        }
        if matches!(self.mail, MailRoute::Files(_)) {
            warn(
                "SOJOURN_MAIL_URL is not set: mails are written to files and NOT DELIVERED, so no account can be verified",
            );
        }
        warn("payments are SIMULATED: no money is transferred");
        self
    }
}

/// Warnings of variables that have no effect; in production, unknown ones are problems.
fn doubtful_variables(sources: &Sources, production: bool, problems: &mut Problems) -> Vec<String> {
    let reserved = problems.note(reserved_settings::warnings(sources));
    let mut warnings = reserved.unwrap_or_default();
    for unknown in keys::unknown_variables(sources) {
        if production {
            problems.extend([ConfigError::Invalid {
                key: unknown.to_owned(),
                detail: "is not a setting".to_owned(),
            }]);
        } else {
            warnings.push(format!("{unknown} is not a setting and has NO EFFECT"));
        }
    }
    warnings
}

/// True for an existing folder that others than its owner can read or enter.
#[cfg(unix)]
fn is_accessible_to_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    folder
        .metadata()
        .is_ok_and(|found| found.is_dir() && found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
const fn is_accessible_to_others(_: &Path) -> bool {
    false
}

fn environment(found: &RawSetting) -> Result<Environment, ConfigError> {
    match found.value.as_str() {
        "development" => Ok(Environment::Development),
        "production" => Ok(Environment::Production),
        _ => Err(found.invalid("must be development or production")),
    }
}

fn on_or_off(found: &RawSetting) -> Result<bool, ConfigError> {
    match found.value.as_str() {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(found.invalid("must be on or off")),
    }
}

/// A path, also as a URL.
fn backup_folder(found: &RawSetting) -> Result<PathBuf, ConfigError> {
    let path = found.value.strip_prefix("file://").unwrap_or(&found.value);
    if path.contains("://") {
        return Err(
            found.invalid("must be a folder; copy it elsewhere with the tools of that storage")
        );
    }
    Ok(PathBuf::from(path))
}

fn seconds(found: &RawSetting) -> Result<Duration, ConfigError> {
    let seconds = found.value.parse().ok();
    let seconds = seconds.filter(|seconds| *seconds <= MAX_START_TIMEOUT);
    seconds.map(Duration::from_secs).ok_or_else(|| {
        found.invalid(format!(
            "must be a whole number of seconds from 0 to {MAX_START_TIMEOUT}"
        ))
    })
}

fn argon2_params(found: &RawSetting) -> Result<Argon2Params, ConfigError> {
    Argon2Params::parse(&found.value).map_err(|error| found.invalid(error.to_string()))
}

fn log_filter(found: &RawSetting) -> Result<String, ConfigError> {
    let parsed = tracing_subscriber::EnvFilter::try_new(&found.value);
    parsed.map_err(|error| found.invalid(error.to_string()))?;
    Ok(found.value.clone())
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
