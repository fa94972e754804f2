//! The validated settings.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sojourn_domain::shared::MarketplaceTerms;
use sojourn_http::TrustedProxies;
use sojourn_security::{Argon2Params, SigningKey};

use super::sources::{ConfigError, RawSetting};
use super::{DatabaseUrl, MailRoute, RedisSettings, secret, signing};

/// Deployment environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Development and evaluation.
    Development,
    /// Public operation.
    Production,
}

/// All settings, validated.
#[derive(Clone)]
pub struct Settings {
    /// Address to listen on; port 0 picks a free port.
    pub listen: SocketAddr,
    /// Deployment environment.
    pub environment: Environment,
    /// Folder of the SQLite file, generated secret, mail files and payment journal.
    pub data_dir: PathBuf,
    /// URL of the database.
    pub database: DatabaseUrl,
    /// Redis shared by several servers; `None` keeps cache and rate limits in the process.
    pub redis: Option<RedisSettings>,
    /// Public base URL without a trailing slash; defaults to the listening address.
    pub public_url: Option<String>,
    /// Origins whose pages may call the API from browsers; `*` allows all.
    pub cors_origins: Vec<String>,
    /// True if GraphQL answers questions about its schema, and suggests names.
    pub graphql_introspection: bool,
    /// Proxies whose `X-Forwarded-For` header is trusted.
    pub trusted_proxies: TrustedProxies,
    /// True if rate limits are enforced.
    pub rate_limits: bool,
    /// Cost parameters of password hashing.
    pub argon2_params: Argon2Params,
    /// Delivery of outgoing mail.
    pub mail: MailRoute,
    /// Address of the listener of the metrics; port 0 picks a free port.
    pub metrics_listen: Option<SocketAddr>,
    /// Time for which the start waits for a database on a server.
    pub start_timeout: Duration,
    /// Folder of backups; `None` for one in the data folder.
    pub backup_folder: Option<PathBuf>,
    /// Log filter in the syntax of `tracing`.
    pub log: Option<String>,
    /// Fees and time windows.
    pub terms: MarketplaceTerms,
    /// Warnings to be logged at startup.
    pub warnings: Vec<String>,
    pub(super) secrets: Option<Vec<Vec<u8>>>,
    pub(super) signing_keys: Option<RawSetting>,
}

impl Settings {
    /// The secrets, the first of which signs. In development a missing secret is generated and
    /// stored in the data folder.
    ///
    /// # Errors
    /// [`ConfigError`] when production has none, or the folder cannot be written.
    pub fn secrets(&self) -> Result<Vec<Vec<u8>>, ConfigError> {
        match (&self.secrets, self.environment) {
            (Some(secrets), _) => Ok(secrets.clone()),
            (None, Environment::Production) => Err(secret::missing()),
            (None, Environment::Development) => {
                self.create_data_dir()?;
                Ok(vec![secret::load_or_create(&self.data_dir)?])
            }
        }
    }

    /// The keys of access tokens, the first of which signs; empty when the secrets sign them.
    ///
    /// # Errors
    /// [`ConfigError`] when a file cannot be read or holds no Ed25519 key.
    pub fn signing_keys(&self) -> Result<Vec<SigningKey>, ConfigError> {
        self.signing_keys
            .as_ref()
            .map_or(Ok(Vec::new()), signing::read)
    }

    /// Validates secrets and keys before anything is started.
    ///
    /// # Errors
    /// As [`Settings::secrets`] and [`Settings::signing_keys`].
    pub fn check_secrets(&self) -> Result<(), ConfigError> {
        self.secrets()?;
        self.signing_keys().map(drop)
    }

    /// Creates the data folder, accessible to its owner only.
    ///
    /// # Errors
    /// [`ConfigError::File`].
    pub fn create_data_dir(&self) -> Result<(), ConfigError> {
        let file_error = |error: std::io::Error| ConfigError::File {
            file: self.data_dir.display().to_string(),
            detail: format!("{error} (SOJOURN_DATA_DIR sets the folder)"),
        };
        create_private_dir(&self.data_dir).map_err(file_error)
    }

    /// Folder of backups.
    #[must_use]
    pub fn backup_dir(&self) -> PathBuf {
        self.backup_folder
            .clone()
            .unwrap_or_else(|| self.data_dir.join("backups"))
    }

    /// The same settings with another database.
    pub(crate) fn with_database(&self, database: DatabaseUrl) -> Self {
        Self {
            database,
            ..self.clone()
        }
    }

    /// Public base URL of a server that listens on the given address.
    #[must_use]
    pub fn base_url(&self, address: SocketAddr) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| match address.ip().is_unspecified() {
                true => format!("http://localhost:{}", address.port()),
                false => format!("http://{address}"),
            })
    }
}

#[cfg(unix)]
fn create_private_dir(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

#[cfg(not(unix))]
fn create_private_dir(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}
