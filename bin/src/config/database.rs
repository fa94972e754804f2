//! Which database.

use std::fmt;
use std::path::Path;

use super::sources::{ConfigError, Found};

/// Where the data is. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Reads `postgres://…`, `postgresql://…` or `sqlite://path`.
    pub(super) fn parse(found: &Found) -> Result<Self, ConfigError> {
        let url = found.value.as_str();
        let sqlite = url
            .strip_prefix("sqlite://")
            .is_some_and(|path| !path.is_empty());
        let postgres = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        if sqlite || postgres {
            return Ok(Self(url.to_owned()));
        }
        Err(found
            .wrong("postgres://user:password@host/database or sqlite://path; no other database is supported"))
    }

    /// The embedded database of a folder.
    #[must_use]
    pub fn embedded_in(folder: &Path, file: &str) -> Self {
        Self(format!("sqlite://{}", folder.join(file).display()))
    }

    /// Whether it is a file of this machine, which nobody else migrates.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.0.starts_with("sqlite://")
    }

    /// The URL whole, password and all.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let without_options = self
            .0
            .split_once('?')
            .map_or(self.0.as_str(), |(url, _)| url);
        match (
            without_options.split_once("://"),
            without_options.rsplit_once('@'),
        ) {
            (Some((scheme, _)), Some((_, place))) if !self.is_embedded() => {
                write!(f, "{scheme}://{place}")
            }
            _ => f.write_str(without_options),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<DatabaseUrl, ConfigError> {
        DatabaseUrl::parse(&Found {
            key: "DATABASE_URL".to_owned(),
            value: url.to_owned(),
        })
    }

    #[test]
    fn hides_passwords_and_refuses_strangers() {
        let shown = parse("postgres://ana:p@ss@db.example:5432/sojourn?password=x")
            .unwrap()
            .to_string();
        assert_eq!(shown, "postgres://db.example:5432/sojourn");
        assert!(parse("sqlite://data/sojourn.db").unwrap().is_embedded());
        for bad in ["mysql://localhost/x", "sqlite://", "sojourn.db"] {
            assert!(
                parse(bad)
                    .unwrap_err()
                    .to_string()
                    .starts_with("DATABASE_URL: "),
                "{bad}"
            );
        }
    }
}
