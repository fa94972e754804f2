//! From what was found to what it means.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use sojourn_security::HashWork;

use super::sources::{ConfigError, Found, Key, Sources};
use super::{
    DatabaseUrl, Environment, RedisSettings, Settings, keys, mail, secret, terms, unserved, web,
};

/// On this machine alone.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

impl Settings {
    /// Reads and checks every setting. Nothing is made or connected to.
    ///
    /// # Errors
    /// [`ConfigError`] about the first wrong value.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        keys::refuse_unknown(sources)?;
        let environment =
            read(sources, keys::ENVIRONMENT, environment)?.unwrap_or(Environment::Development);
        let production = environment == Environment::Production;
        let data_dir = read(sources, keys::DATA_DIR, |found| {
            Ok(PathBuf::from(&found.value))
        })?;
        let data_dir = data_dir.unwrap_or_else(|| PathBuf::from("./sojourn-data"));
        let database = read(sources, keys::DATABASE_URL, DatabaseUrl::parse)?;
        let settings = Self {
            listen: read(sources, keys::LISTEN, web::listen)?.unwrap_or(LISTEN),
            environment,
            database: database.unwrap_or_else(|| DatabaseUrl::embedded_in(&data_dir, "sojourn.db")),
            redis: RedisSettings::read(sources)?,
            data_dir,
            public_url: read(sources, keys::PUBLIC_URL, web::public_url)?,
            cors_origins: read(sources, keys::CORS_ORIGINS, web::origins)?.unwrap_or_default(),
            proxies: read(sources, keys::TRUSTED_PROXIES, web::proxies)?.unwrap_or_default(),
            rate_limits: read(sources, keys::RATE_LIMITS, on_or_off)?.unwrap_or(true),
            password_work: read(sources, keys::PASSWORD_WORK, work)?.unwrap_or_default(),
            mail: mail::route(sources)?,
            log: read(sources, keys::LOG, filter)?,
            terms: terms::read(sources)?,
            warnings: unserved::warnings(sources)?,
            secrets: read(sources, keys::SECRET, |found| {
                secret::parse(found, production)
            })?,
            signing_keys: sources.find(keys::SIGNING_KEYS)?,
        };
        Ok(settings.doubted())
    }

    /// With a warning for each thing that is allowed and probably a mistake.
    fn doubted(mut self) -> Self {
        if self.environment == Environment::Development {
            return self;
        }
        let mut warn = |warning: &str| self.warnings.push(warning.to_owned());
        if self.public_url.is_none() {
            warn("SOJOURN_PUBLIC_URL is not set: links in mails lead to the address listened on");
        }
        if !self.rate_limits {
            warn("SOJOURN_RATE_LIMITS is off: nobody is kept from guessing passwords");
        }
        self
    }
}

fn read<T>(
    sources: &Sources,
    key: Key,
    parse: impl FnOnce(&Found) -> Result<T, ConfigError>,
) -> Result<Option<T>, ConfigError> {
    sources.find(key)?.map(|found| parse(&found)).transpose()
}

fn environment(found: &Found) -> Result<Environment, ConfigError> {
    match found.value.as_str() {
        "development" => Ok(Environment::Development),
        "production" => Ok(Environment::Production),
        _ => Err(found.wrong("development or production")),
    }
}

fn on_or_off(found: &Found) -> Result<bool, ConfigError> {
    match found.value.as_str() {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(found.wrong("on or off")),
    }
}

fn work(found: &Found) -> Result<HashWork, ConfigError> {
    HashWork::parse(&found.value).map_err(|error| found.wrong(error.to_string()))
}

fn filter(found: &Found) -> Result<String, ConfigError> {
    let parsed = tracing_subscriber::EnvFilter::try_new(&found.value);
    parsed.map_err(|error| found.wrong(error.to_string()))?;
    Ok(found.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)], file: &str) -> Result<Settings, String> {
        let sources = Sources::of_variables(pairs.iter().map(|(name, value)| (*name, *value)))
            .with_file(file);
        Settings::load(&sources).map_err(|error| error.to_string())
    }

    #[test]
    fn needs_nothing() {
        let settings = load(&[], "").unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(
            settings.database.as_str(),
            "sqlite://./sojourn-data/sojourn.db"
        );
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
            settings
                .secrets()
                .unwrap_err()
                .to_string()
                .starts_with("SOJOURN_SECRET: needed in production")
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
            ("REDIS_URL", "localhost:6379"),
            ("SOJOURN_REDIS_TIMEOUT_MS", "soon"),
            ("SOJOURN_RATE_LIMITS", "maybe"),
            ("SOJOURN_TRUSTED_PROXIES", "10.0.0.0/33"),
            ("SOJOURN_PASSWORD_WORK", "m=1024,t=1,p=1"),
            ("SOJOURN_TERMS_HOLD_MINUTES", "-1"),
            ("RUST_LOG", "a=b=c"),
        ] {
            let error = load(&[(name, value)], "").map(drop).unwrap_err();
            assert!(error.starts_with(&format!("{name}: ")), "{error}");
        }
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
    fn keys_that_cannot_be_read_are_found_when_they_are_needed() {
        let settings = load(&[("SOJOURN_SIGNING_KEYS", "/nowhere/key.pem")], "").unwrap();
        let error = settings.signing_keys().map(drop).unwrap_err().to_string();
        assert!(
            error.starts_with("SOJOURN_SIGNING_KEYS: /nowhere/key.pem: "),
            "{error}"
        );
        assert_eq!(load(&[], "").unwrap().signing_keys().unwrap().len(), 0);
    }

    #[test]
    fn what_is_doubtful_is_said() {
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
