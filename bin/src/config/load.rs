//! Building [`Settings`] from variables and file.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use sojourn_security::Argon2Params;

use super::sources::{ConfigError, Key, RawSetting, Sources};
use super::{
    DatabaseUrl, Environment, RedisSettings, Settings, keys, mail, network, reserved_settings,
    secret, terms,
};

/// Loopback interface only.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

impl Settings {
    /// Reads and validates every setting. Creates nothing and connects to nothing.
    ///
    /// # Errors
    /// [`ConfigError`] about the first invalid value.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        keys::reject_unknown(sources)?;
        let environment = parse_setting(sources, keys::ENVIRONMENT, environment)?
            .unwrap_or(Environment::Development);
        let production = environment == Environment::Production;
        let data_dir = parse_setting(sources, keys::DATA_DIR, |found| {
            Ok(PathBuf::from(&found.value))
        })?;
        let data_dir = data_dir.unwrap_or_else(|| PathBuf::from("./sojourn-data"));
        let database = parse_setting(sources, keys::DATABASE_URL, DatabaseUrl::parse)?;
        let mut warnings = reserved_settings::warnings(sources)?;
        warnings.extend(keys::unknown_variables(sources));
        let settings = Self {
            listen: parse_setting(sources, keys::LISTEN, network::listen)?
                .unwrap_or(DEFAULT_LISTEN),
            environment,
            database: database.unwrap_or_else(|| DatabaseUrl::embedded_in(&data_dir, "sojourn.db")),
            redis: RedisSettings::read(sources)?,
            data_dir,
            public_url: parse_setting(sources, keys::PUBLIC_URL, network::public_url)?,
            cors_origins: parse_setting(sources, keys::CORS_ORIGINS, network::origins)?
                .unwrap_or_default(),
            trusted_proxies: parse_setting(sources, keys::TRUSTED_PROXIES, network::proxies)?
                .unwrap_or_default(),
            rate_limits: parse_setting(sources, keys::RATE_LIMITS, on_or_off)?.unwrap_or(true),
            argon2_params: parse_setting(sources, keys::ARGON2_PARAMS, argon2_params)?
                .unwrap_or_default(),
            mail: mail::route(sources)?,
            metrics_listen: parse_setting(sources, keys::METRICS_LISTEN, network::listen)?,
            log: parse_setting(sources, keys::LOG, log_filter)?,
            terms: terms::read(sources)?,
            warnings,
            secrets: parse_setting(sources, keys::SECRET, |found| {
                secret::parse(found, production)
            })?,
            signing_keys: sources.find(keys::SIGNING_KEYS)?,
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
        self
    }
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

fn parse_setting<T>(
    sources: &Sources,
    key: Key,
    parse: impl FnOnce(&RawSetting) -> Result<T, ConfigError>,
) -> Result<Option<T>, ConfigError> {
    sources.find(key)?.map(|found| parse(&found)).transpose()
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

fn argon2_params(found: &RawSetting) -> Result<Argon2Params, ConfigError> {
    Argon2Params::parse(&found.value).map_err(|error| found.invalid(error.to_string()))
}

fn log_filter(found: &RawSetting) -> Result<String, ConfigError> {
    let parsed = tracing_subscriber::EnvFilter::try_new(&found.value);
    parsed.map_err(|error| found.invalid(error.to_string()))?;
    Ok(found.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)], file: &str) -> Result<Settings, String> {
        let sources = Sources::from_variables(pairs.iter().map(|(name, value)| (*name, *value)))
            .with_file(file);
        Settings::load(&sources).map_err(|error| error.to_string())
    }

    #[test]
    fn every_setting_has_a_default() {
        let settings = load(&[], "").unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(
            settings.database.as_str(),
            "sqlite://./sojourn-data/sojourn.db"
        );
        assert_eq!(settings.environment, Environment::Development);
        assert!(settings.warnings.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn an_open_data_folder_is_warned_of() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = std::env::temp_dir().join(format!("sojourn-open-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let warnings = |mode| {
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
            let path = folder.display().to_string();
            load(&[("SOJOURN_DATA_DIR", &path)], "").unwrap().warnings
        };
        for open in [0o755, 0o750, 0o701] {
            let found = warnings(open);
            assert!(
                found.len() == 1 && found[0].ends_with("chmod 700"),
                "{found:?}"
            );
        }
        assert_eq!(warnings(0o700), Vec::<String>::new());
        std::fs::remove_dir(folder).unwrap();
    }

    #[test]
    fn variables_override_the_file_and_empty_means_unset() {
        let file = "listen = '127.0.0.1:1'\nenv = 'production'\ncors_origins = ['https://a.example', '*']\n";
        let settings = load(&[("SOJOURN_LISTEN", "[::1]:2"), ("SOJOURN_ENV", "")], file).unwrap();
        assert_eq!(settings.listen.to_string(), "[::1]:2");
        assert_eq!(settings.environment, Environment::Production);
        assert_eq!(settings.cors_origins, ["https://a.example", "*"]);
        assert!(
            settings
                .secrets()
                .unwrap_err()
                .to_string()
                .starts_with("SOJOURN_SECRET: needed in production")
        );
    }

    #[test]
    fn invalid_values_name_their_key() {
        for (name, value) in [
            ("SOJOURN_LISTEN", "8080"),
            ("SOJOURN_METRICS_LISTEN", "9090"),
            ("SOJOURN_ENV", "prod"),
            ("DATABASE_URL", "mysql://localhost"),
            ("SOJOURN_SECRET", "short"),
            ("SOJOURN_PUBLIC_URL", "rentals.example"),
            ("SOJOURN_CORS_ORIGINS", "https://a.example/path"),
            ("SOJOURN_MAIL_URL", "mail.example"),
            ("SOJOURN_MAIL_FROM", "nobody"),
            ("REDIS_URL", "localhost:6379"),
            ("SOJOURN_REDIS_TIMEOUT_MS", "soon"),
            ("SOJOURN_RATE_LIMITS", "maybe"),
            ("SOJOURN_TRUSTED_PROXIES", "10.0.0.0/33"),
            ("SOJOURN_ARGON2_PARAMS", "m=1024,t=1,p=1"),
            ("SOJOURN_TERMS_HOLD_MINUTES", "-1"),
            ("RUST_LOG", "a=b=c"),
            ("DATABASE_URL", "postgres://"),
            ("SOJOURN_DATA_DIR", " "),
            ("SOJOURN_TRUSTED_PROXIES", "\t"),
            ("SOJOURN_TRUSTED_PROXIES", ","),
        ] {
            let error = load(&[(name, value)], "").map(drop).unwrap_err();
            assert!(error.starts_with(&format!("{name}: ")), "{error}");
        }
        assert!(
            load(&[], "data_dir = ' '")
                .map(drop)
                .unwrap_err()
                .starts_with("data_dir in sojourn.toml: must not be blank")
        );
        assert!(
            load(&[], "listn = 1")
                .map(drop)
                .unwrap_err()
                .starts_with("listn in sojourn.toml: ")
        );
        assert!(
            load(&[], "listen = 1.5")
                .map(drop)
                .unwrap_err()
                .starts_with("listen in sojourn.toml: ")
        );
    }

    #[test]
    fn an_unreadable_signing_key_is_an_error_when_keys_are_loaded() {
        let settings = load(&[("SOJOURN_SIGNING_KEYS", "/nowhere/key.pem")], "").unwrap();
        let error = settings.signing_keys().map(drop).unwrap_err().to_string();
        assert!(
            error.starts_with("SOJOURN_SIGNING_KEYS: /nowhere/key.pem: "),
            "{error}"
        );
        assert_eq!(load(&[], "").unwrap().signing_keys().unwrap().len(), 0);
    }

    #[test]
    fn doubtful_settings_are_warned_about() {
        let settings = load(
            &[("DATABASE_READ_URL", "postgres://r")],
            "stripe_secret_key = 'k'",
        )
        .unwrap();
        let [first, second] = settings.warnings.as_slice() else {
            panic!("{:?}", settings.warnings)
        };
        assert!(
            first.starts_with("DATABASE_READ_URL has NO EFFECT"),
            "{first}"
        );
        assert!(
            second.starts_with("stripe_secret_key in sojourn.toml has NO EFFECT"),
            "{second}"
        );

        let settings = load(
            &[("SOJOURN_RATE_LIMIT", "on"), ("SOJOURN_TEST_CITY", "x")],
            "",
        )
        .unwrap();
        assert_eq!(
            settings.warnings,
            ["SOJOURN_RATE_LIMIT is not a setting and has NO EFFECT"]
        );

        let unlimited = [
            ("SOJOURN_RATE_LIMITS", "off"),
            ("SOJOURN_PUBLIC_URL", "https://a.example"),
        ];
        let settings = load(&unlimited, "env = 'production'").unwrap();
        assert!(!settings.rate_limits);
        let [warning] = settings.warnings.as_slice() else {
            panic!("{:?}", settings.warnings)
        };
        assert!(
            warning.starts_with("SOJOURN_RATE_LIMITS is off"),
            "{warning}"
        );
        assert!(load(&unlimited, "").unwrap().warnings.is_empty());
    }
}
