//! What the program is told.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use sojourn_domain::shared::MarketplaceTerms;
use sojourn_http::TrustedProxies;
use sojourn_security::{HashWork, SigningKey};

use super::sources::{ConfigError, Found};
use super::{DatabaseUrl, MailRoute, RedisSettings, secret, signing};

/// Whom the program serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Whoever builds or tries it.
    Development,
    /// The public.
    Production,
}

/// Everything that can be set, checked.
#[derive(Clone)]
pub struct Settings {
    /// Where to listen; port 0 picks one.
    pub listen: SocketAddr,
    /// Development or production.
    pub environment: Environment,
    /// Database file, generated secret, written mails.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// What servers share besides the database; none for one that keeps it in the process.
    pub redis: Option<RedisSettings>,
    /// Where people reach the program, without a slash at the end; what it listens on when absent.
    pub public_url: Option<String>,
    /// Whose pages may call from browsers; `*` for everybody's.
    pub cors_origins: Vec<String>,
    /// Whose word on a client's address is taken.
    pub proxies: TrustedProxies,
    /// Whether requests, logins and the like are limited.
    pub rate_limits: bool,
    /// How much work a password costs.
    pub password_work: HashWork,
    /// Where mails go.
    pub mail: MailRoute,
    /// What is logged, as `tracing` filters say it.
    pub log: Option<String>,
    /// Fees and windows.
    pub terms: MarketplaceTerms,
    /// What the operator should know before it starts.
    pub warnings: Vec<String>,
    pub(super) secrets: Option<Vec<Vec<u8>>>,
    pub(super) signing_keys: Option<Found>,
}

impl Settings {
    /// The secrets, the first of which signs. In development one is made and kept in the data folder.
    ///
    /// # Errors
    /// [`ConfigError`] when production has none, or the folder cannot be written.
    pub fn secrets(&self) -> Result<Vec<Vec<u8>>, ConfigError> {
        match (&self.secrets, self.environment) {
            (Some(secrets), _) => Ok(secrets.clone()),
            (None, Environment::Production) => Err(secret::missing()),
            (None, Environment::Development) => {
                self.make_data_dir()?;
                Ok(vec![secret::of_folder(&self.data_dir)?])
            }
        }
    }

    /// The keys that sign access tokens, the first of which does; none when the secrets sign them.
    ///
    /// # Errors
    /// [`ConfigError`] when a file cannot be read, or holds no such key.
    pub fn signing_keys(&self) -> Result<Vec<SigningKey>, ConfigError> {
        self.signing_keys
            .as_ref()
            .map_or(Ok(Vec::new()), signing::read)
    }

    /// Finds wrong secrets and keys before anything is begun.
    ///
    /// # Errors
    /// As [`Settings::secrets`] and [`Settings::signing_keys`].
    pub fn check_secrets(&self) -> Result<(), ConfigError> {
        self.secrets()?;
        self.signing_keys().map(drop)
    }

    /// Makes the data folder, for its owner alone.
    ///
    /// # Errors
    /// [`ConfigError::File`].
    pub fn make_data_dir(&self) -> Result<(), ConfigError> {
        let wrong = |error: std::io::Error| ConfigError::File {
            file: self.data_dir.display().to_string(),
            detail: format!("{error} (the folder is set by SOJOURN_DATA_DIR)"),
        };
        make_private_dir(&self.data_dir).map_err(wrong)
    }

    /// Where people reach a server that listens on an address.
    #[must_use]
    pub fn reached_at(&self, address: SocketAddr) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| match address.ip().is_unspecified() {
                true => format!("http://localhost:{}", address.port()),
                false => format!("http://{address}"),
            })
    }
}

#[cfg(unix)]
fn make_private_dir(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

#[cfg(not(unix))]
fn make_private_dir(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}
