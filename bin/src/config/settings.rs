//! What the program is told.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::{Path, PathBuf};

use sojourn_domain::shared::MarketplaceTerms;
use sojourn_mail::{Sender, SmtpMailer};

use super::sources::{ConfigError, Found, Key, Sources};
use super::{DatabaseUrl, secret, terms, unserved};

const LISTEN: Key = Key { variable: "SOJOURN_LISTEN", field: "listen" };
const ENVIRONMENT: Key = Key { variable: "SOJOURN_ENV", field: "env" };
const DATA_DIR: Key = Key { variable: "SOJOURN_DATA_DIR", field: "data_dir" };
const DATABASE_URL: Key = Key { variable: "DATABASE_URL", field: "database_url" };
const SECRET: Key = Key { variable: "SOJOURN_SECRET", field: "secret" };
const PUBLIC_URL: Key = Key { variable: "SOJOURN_PUBLIC_URL", field: "public_url" };
const CORS_ORIGINS: Key = Key { variable: "SOJOURN_CORS_ORIGINS", field: "cors_origins" };
const MAIL_URL: Key = Key { variable: "SOJOURN_MAIL_URL", field: "mail_url" };
const MAIL_FROM: Key = Key { variable: "SOJOURN_MAIL_FROM", field: "mail_from" };
const LOG: Key = Key { variable: "RUST_LOG", field: "log" };
const KEYS: [Key; 10] =
    [LISTEN, ENVIRONMENT, DATA_DIR, DATABASE_URL, SECRET, PUBLIC_URL, CORS_ORIGINS, MAIL_URL, MAIL_FROM, LOG];

/// Whom the program serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Whoever builds or tries it.
    Development,
    /// The public.
    Production,
}

/// Where mails go.
#[derive(Clone)]
pub enum MailRoute {
    /// Into files below the data folder.
    Files(Sender),
    /// To an SMTP server.
    Smtp(SmtpMailer),
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
    /// Where people reach the program, without a slash at the end; what it listens on when absent.
    pub public_url: Option<String>,
    /// Whose pages may call from browsers; `*` for everybody's.
    pub cors_origins: Vec<String>,
    /// Where mails go.
    pub mail: MailRoute,
    /// What is logged, as `tracing` filters say it.
    pub log: Option<String>,
    /// Fees and windows.
    pub terms: MarketplaceTerms,
    /// What the operator should know before it starts.
    pub warnings: Vec<String>,
    secrets: Option<Vec<Vec<u8>>>,
}

impl Settings {
    /// Reads and checks every setting. Nothing is made or connected to.
    ///
    /// # Errors
    /// [`ConfigError`] about the first wrong value.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        refuse_unknown_fields(sources)?;
        let read = |key| sources.find(key);
        let environment = read(ENVIRONMENT)?.map_or(Ok(Environment::Development), |f| environment(&f))?;
        let production = environment == Environment::Production;
        let data_dir =
            read(DATA_DIR)?.map_or_else(|| PathBuf::from("./sojourn-data"), |f| PathBuf::from(f.value));
        let database = read(DATABASE_URL)?.map(|found| DatabaseUrl::parse(&found)).transpose()?;
        let public_url = read(PUBLIC_URL)?.map(|found| public_url(&found)).transpose()?;
        Ok(Self {
            listen: read(LISTEN)?.map_or(Ok(SocketAddr::from(([127, 0, 0, 1], 8080))), |f| listen(&f))?,
            environment,
            database: database.unwrap_or_else(|| DatabaseUrl::embedded_in(&data_dir, "sojourn.db")),
            data_dir,
            cors_origins: read(CORS_ORIGINS)?.map_or(Ok(Vec::new()), |found| origins(&found))?,
            mail: mail_route(sources)?,
            log: read(LOG)?.map(|found| filter(&found)).transpose()?,
            terms: terms::read(sources)?,
            warnings: warnings(sources, production && public_url.is_none())?,
            public_url,
            secrets: read(SECRET)?.map(|found| secret::parse(&found, production)).transpose()?,
        })
    }

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
        self.public_url.clone().unwrap_or_else(|| match address.ip().is_unspecified() {
            true => format!("http://localhost:{}", address.port()),
            false => format!("http://{address}"),
        })
    }
}

#[cfg(unix)]
fn make_private_dir(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private_dir(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}

fn refuse_unknown_fields(sources: &Sources) -> Result<(), ConfigError> {
    let known = |field: &str| {
        field == "terms"
            || KEYS.iter().any(|key| key.field == field)
            || unserved::fields().any(|name| name == field)
    };
    let names: Vec<_> = KEYS.iter().map(|key| key.field).collect();
    sources.file().keys().find(|field| !known(field)).map_or(Ok(()), |field| {
        Err(ConfigError::Wrong {
            key: format!("{field} in {}", sources.file_name()),
            detail: format!("there is no such setting, only {} and the table [terms]", names.join(", ")),
        })
    })
}

fn warnings(sources: &Sources, unreachable: bool) -> Result<Vec<String>, ConfigError> {
    let mut warnings = unserved::warnings(sources)?;
    if unreachable {
        warnings
            .push("SOJOURN_PUBLIC_URL is not set: links in mails lead to the address listened on".to_owned());
    }
    Ok(warnings)
}

fn environment(found: &Found) -> Result<Environment, ConfigError> {
    match found.value.as_str() {
        "development" => Ok(Environment::Development),
        "production" => Ok(Environment::Production),
        _ => Err(found.wrong("development or production")),
    }
}

fn listen(found: &Found) -> Result<SocketAddr, ConfigError> {
    let resolved = found.value.to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
    resolved.ok_or_else(|| found.wrong("an address and a port, such as 127.0.0.1:8080 or [::]:8080"))
}

/// A scheme, a host and perhaps a port and a path; nothing that an attacker could smuggle in.
fn is_web_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let plain = rest.chars().all(|c| c.is_ascii_graphic() && !"?#@\\\"<>".contains(c));
        plain && !rest.is_empty() && !rest.starts_with(['/', ':'])
    })
}

fn public_url(found: &Found) -> Result<String, ConfigError> {
    let url = found.value.trim_end_matches('/');
    if is_web_url(url) {
        Ok(url.to_owned())
    } else {
        Err(found.wrong("a URL such as https://rentals.example"))
    }
}

fn origins(found: &Found) -> Result<Vec<String>, ConfigError> {
    let origins: Vec<_> = found.value.split(',').map(|origin| origin.trim().to_owned()).collect();
    let is_origin = |origin: &String| {
        origin == "*"
            || is_web_url(origin) && origin.split_once("://").is_some_and(|(_, host)| !host.contains('/'))
    };
    if origins.iter().all(is_origin) {
        return Ok(origins);
    }
    Err(found.wrong(
        "origins such as https://rentals.example with commas between, no path and no slash at the end, or *",
    ))
}

fn filter(found: &Found) -> Result<String, ConfigError> {
    let parsed = tracing_subscriber::EnvFilter::try_new(&found.value);
    parsed.map_err(|error| found.wrong(error.to_string()))?;
    Ok(found.value.clone())
}

fn mail_route(sources: &Sources) -> Result<MailRoute, ConfigError> {
    let from = sources.find(MAIL_FROM)?.unwrap_or_else(|| Found {
        key: MAIL_FROM.variable.to_owned(),
        value: "Sojourn <no-reply@localhost>".to_owned(),
    });
    let sender = Sender::parse(&from.value).map_err(|error| from.wrong(error.to_string()))?;
    let Some(url) = sources.find(MAIL_URL)? else {
        return Ok(MailRoute::Files(sender));
    };
    let mailer = SmtpMailer::from_url(&url.value, sender).map_err(|error| url.wrong(error.to_string()))?;
    Ok(MailRoute::Smtp(mailer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)], file: &str) -> Result<Settings, String> {
        let sources =
            Sources::of_variables(pairs.iter().map(|(name, value)| (*name, *value))).with_file(file);
        Settings::load(&sources).map_err(|error| error.to_string())
    }

    #[test]
    fn needs_nothing() {
        let settings = load(&[], "").unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.database.as_str(), "sqlite://./sojourn-data/sojourn.db");
        assert_eq!(settings.environment, Environment::Development);
        assert!(settings.warnings.is_empty());
    }

    #[test]
    fn the_environment_overrules_the_file_and_empty_is_absent() {
        let file = "listen = '127.0.0.1:1'\nenv = 'production'\ncors_origins = ['https://a.example', '*']\n";
        let settings = load(&[("SOJOURN_LISTEN", "[::1]:2"), ("SOJOURN_ENV", "")], file).unwrap();
        assert_eq!(settings.listen.to_string(), "[::1]:2");
        assert_eq!(settings.environment, Environment::Production);
        assert_eq!(settings.cors_origins, ["https://a.example", "*"]);
        assert!(
            settings.secrets().unwrap_err().to_string().starts_with("SOJOURN_SECRET: needed in production")
        );
    }

    #[test]
    fn wrong_values_name_their_key() {
        for (name, value) in [
            ("SOJOURN_LISTEN", "8080"),
            ("SOJOURN_ENV", "prod"),
            ("DATABASE_URL", "mysql://localhost/x"),
            ("SOJOURN_SECRET", "short"),
            ("SOJOURN_PUBLIC_URL", "rentals.example"),
            ("SOJOURN_CORS_ORIGINS", "https://a.example/path"),
            ("SOJOURN_MAIL_URL", "mail.example"),
            ("SOJOURN_MAIL_FROM", "nobody"),
            ("SOJOURN_RATE_LIMITS", "maybe"),
            ("SOJOURN_TERMS_HOLD_MINUTES", "-1"),
            ("RUST_LOG", "a=b=c"),
        ] {
            let error = load(&[(name, value)], "").map(drop).unwrap_err();
            assert!(error.starts_with(&format!("{name}: ")), "{error}");
        }
        assert!(load(&[], "listn = 1").map(drop).unwrap_err().starts_with("listn in sojourn.toml: "));
        assert!(load(&[], "listen = 1.5").map(drop).unwrap_err().starts_with("listen in sojourn.toml: "));
    }

    #[test]
    fn what_has_no_effect_is_said() {
        let settings =
            load(&[("REDIS_URL", "redis://r"), ("SOJOURN_RATE_LIMITS", "off")], "stripe_secret_key = 'k'");
        let warnings = settings.unwrap().warnings;
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].starts_with("REDIS_URL has NO EFFECT"), "{warnings:?}");
        assert!(warnings[1].starts_with("stripe_secret_key in sojourn.toml has NO EFFECT"), "{warnings:?}");
    }
}
