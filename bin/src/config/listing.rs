//! The settings in force, for operators.

use sojourn_domain::shared::MarketplaceTerms;

use super::sources::{ConfigError, Key, Sources};
use super::{Environment, Settings, keys, terms};

/// Text in place of a secret.
const HIDDEN: &str = "(hidden)";

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingInForce {
    /// Its variable.
    pub variable: String,
    /// Its value without secrets; empty if there is none.
    pub value: String,
    /// The variable or the key in the file that it comes from; `None` for the default.
    pub origin: Option<String>,
}

impl Settings {
    /// Every setting with its value and origin. Secrets, and the user names and passwords of URLs, are hidden.
    ///
    /// # Errors
    /// [`ConfigError`] when a source cannot be read.
    pub fn in_force(&self, sources: &Sources) -> Result<Vec<SettingInForce>, ConfigError> {
        let mut all = Vec::new();
        for key in keys::ALL {
            let found = sources.find(key)?;
            let given = found.as_ref().map(|found| found.value.as_str());
            all.push(SettingInForce {
                variable: key.variable.to_owned(),
                value: self.value_of(key, given),
                origin: found.map(|found| found.key),
            });
        }
        let terms_in_force = serde_json::to_value(&self.terms).unwrap_or_default();
        for (name, ..) in MarketplaceTerms::LIMITS {
            let found = terms::find(sources, name)?;
            all.push(SettingInForce {
                variable: format!("{}{}", terms::PREFIX, name.to_uppercase()),
                value: terms_in_force[name].to_string(),
                origin: found.map(|found| found.key),
            });
        }
        Ok(all)
    }

    /// The value in force of a setting, without secrets.
    fn value_of(&self, key: Key, given: Option<&str>) -> String {
        if key == keys::DATABASE_URL {
            return self.database.to_string();
        }
        if key == keys::REDIS_URL {
            return self
                .redis
                .as_ref()
                .map_or_else(String::new, ToString::to_string);
        }
        match given {
            Some(url) if key == keys::MAIL_URL => without_credentials(url),
            Some(_) if key.secret => HIDDEN.to_owned(),
            Some(value) => value.to_owned(),
            None => self.default_of(key),
        }
    }

    /// The value of a setting that is not given.
    fn default_of(&self, key: Key) -> String {
        let production = self.environment == Environment::Production;
        match key {
            keys::LISTEN => self.listen.to_string(),
            keys::ENVIRONMENT => "development".to_owned(),
            keys::DATA_DIR => self.data_dir.display().to_string(),
            keys::SECRET if !production => format!("in {}", self.data_dir.join("secret").display()),
            keys::RATE_LIMITS => "on".to_owned(),
            keys::MAIL_URL => format!("files in {}", self.data_dir.join("mail").display()),
            keys::LOG => "info".to_owned(),
            keys::BACKUP_URL => self.backup_dir().display().to_string(),
            keys::START_TIMEOUT => self.start_timeout.as_secs().to_string(),
            _ => String::new(),
        }
    }
}

/// A URL without user name, password and query.
fn without_credentials(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_origins_are_listed_and_secrets_hidden() {
        let secret = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";
        let pairs = [
            ("SOJOURN_SECRET", secret),
            (
                "DATABASE_URL",
                "postgres://ana:p4ss@db/sojourn?sslpassword=p4ss",
            ),
            (
                "SOJOURN_MAIL_URL",
                "smtps://ana:p4ss@mail.example:465?x=p4ss",
            ),
            ("REDIS_URL", "redis://:p4ss@cache:6379/1"),
            ("SOJOURN_TERMS_HOLD_MINUTES", "20"),
        ];
        let sources = Sources::from_variables(pairs).with_file("listen = '127.0.0.1:1'");
        let settings = Settings::load(&sources).unwrap();
        let all = settings.in_force(&sources).unwrap();
        let of = |name: &str| all.iter().find(|it| it.variable == name).unwrap();
        assert_eq!(of("SOJOURN_LISTEN").value, "127.0.0.1:1");
        let origin = of("SOJOURN_LISTEN").origin.as_deref();
        assert_eq!(origin, Some("listen in sojourn.toml"));
        assert_eq!(of("SOJOURN_SECRET").value, HIDDEN);
        assert_eq!(of("DATABASE_URL").value, "postgres://db/sojourn");
        assert_eq!(of("SOJOURN_MAIL_URL").value, "smtps://mail.example:465");
        assert_eq!(of("SOJOURN_TERMS_HOLD_MINUTES").value, "20");
        assert_eq!(of("SOJOURN_TERMS_REVIEW_DAYS").origin, None);
        assert_eq!(of("SOJOURN_RATE_LIMITS").value, "on");
        let text = format!("{all:?}");
        assert!(!text.contains("p4ss") && !text.contains(secret), "{text}");
    }
}
