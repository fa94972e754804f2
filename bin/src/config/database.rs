//! The setting `DATABASE_URL`.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use sojourn_persistence::Database;

use super::sources::{ConfigError, RawSetting};

/// URL of the database. Displayed without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Parses the value of a setting.
    pub(super) fn parse(found: &RawSetting) -> Result<Self, ConfigError> {
        found
            .value
            .parse()
            .map_err(|detail: String| found.invalid(detail))
    }

    /// URL of an SQLite file in a folder.
    #[must_use]
    pub fn embedded_in(folder: &Path, file: &str) -> Self {
        Self(format!("sqlite://{}", folder.join(file).display()))
    }

    /// A database that the program itself has made.
    pub(crate) fn of_scratch(url: &str) -> Self {
        Self(url.to_owned())
    }

    /// True for SQLite, whose schema the server migrates itself.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.0.starts_with("sqlite://")
    }

    /// The full URL, including its password.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    /// Parses `postgres://…`, `postgresql://…`, `mysql://…`, `mariadb://…` or `sqlite://path`.
    fn from_str(url: &str) -> Result<Self, String> {
        let sqlite = url
            .strip_prefix("sqlite://")
            .is_some_and(|path| !path.is_empty());
        let postgres = ["postgres://", "postgresql://"].iter().any(|scheme| {
            url.strip_prefix(scheme)
                .is_some_and(|rest| !rest.is_empty())
        });
        let mysql = url.starts_with("mysql://") || url.starts_with("mariadb://");
        if mysql {
            Database::check_url(url).map_err(|error| error.to_string())?;
        } else if !sqlite && !postgres {
            return Err(
                "must be postgres://user:password@host/database, mysql://user:password@host/database or \
                 sqlite://path; other databases are not supported"
                    .to_owned(),
            );
        }
        Ok(Self(url.to_owned()))
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
        DatabaseUrl::parse(&RawSetting {
            key: "DATABASE_URL".to_owned(),
            value: url.to_owned(),
        })
    }

    #[test]
    fn passwords_are_hidden_and_other_schemes_are_rejected() {
        let shown = parse("postgres://ana:p@ss@db.example:5432/sojourn?password=x")
            .unwrap()
            .to_string();
        assert_eq!(shown, "postgres://db.example:5432/sojourn");
        assert!(parse("sqlite://data/sojourn.db").unwrap().is_embedded());
        for bad in [
            "oracle://localhost/x",
            "mysql://localhost",
            "sqlite://",
            "postgres://",
            "postgresql://",
            "sojourn.db",
        ] {
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
