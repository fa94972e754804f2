//! Database URLs.

use std::path::Path;

#[cfg(feature = "mysql")]
use super::mysql_url::MysqlUrl;

/// The address of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A connection string of libpq.
    Postgres(String),
    /// A file, a `file:` URI or `:memory:`.
    Sqlite(String),
    /// A server of MySQL or MariaDB.
    #[cfg(feature = "mysql")]
    Mysql(MysqlUrl),
}

/// The URL names no supported database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Its scheme is unknown.
    #[error(
        "must be postgres://user:password@host/database, mysql://user:password@host/database or sqlite://path"
    )]
    Scheme,
    /// The program was built without the client of MySQL and MariaDB.
    #[error(
        "this build has no support for MySQL and MariaDB: build it with --features mysql, which needs libmariadb-dev \
         or libmysqlclient-dev"
    )]
    NoMysql,
    /// The URL of MySQL or MariaDB is not valid; the text says why.
    #[error("{0}")]
    Mysql(String),
}

impl Location {
    /// Reads a URL. Text without a scheme is the path of an SQLite file.
    pub(crate) fn parse(url: &str) -> Result<Self, UrlError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        if url.starts_with("mysql://") || url.starts_with("mariadb://") {
            return Self::mysql(url);
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .unwrap_or(url);
        if path.is_empty() || (path.contains("://") && !path.starts_with("file:")) {
            return Err(UrlError::Scheme);
        }
        Ok(Self::Sqlite(path.to_owned()))
    }

    #[cfg(feature = "mysql")]
    fn mysql(url: &str) -> Result<Self, UrlError> {
        MysqlUrl::parse(url).map(Self::Mysql)
    }

    #[cfg(not(feature = "mysql"))]
    const fn mysql(_: &str) -> Result<Self, UrlError> {
        Err(UrlError::NoMysql)
    }

    /// True if every connection would see a database of its own.
    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Self::Sqlite(path) if path.contains(":memory:") || path.contains("mode=memory"))
    }

    /// Creates the directories of an SQLite file.
    pub(crate) fn prepare(&self) -> std::io::Result<()> {
        let Self::Sqlite(path) = self else {
            return Ok(());
        };
        let path = path.strip_prefix("file:").unwrap_or(path);
        let path = path.split('?').next().unwrap_or(path);
        match Path::new(path).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => std::fs::create_dir_all(parent),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_selects_the_database() {
        let sqlite = |path: &str| Ok(Location::Sqlite(path.to_owned()));
        for (url, path) in [
            ("sqlite://a/b.db", "a/b.db"),
            ("sqlite:///a.db", "/a.db"),
            ("sqlite:a.db", "a.db"),
            ("a.db", "a.db"),
        ] {
            assert_eq!(Location::parse(url), sqlite(path), "{url}");
        }
        assert!(matches!(
            Location::parse("postgres://localhost/x"),
            Ok(Location::Postgres(_))
        ));
        for bad in ["", "sqlite:", "oracle://localhost/x"] {
            assert_eq!(Location::parse(bad), Err(UrlError::Scheme), "{bad}");
        }
        let mysql = Location::parse("mysql://localhost/x");
        let without = Err(UrlError::NoMysql);
        assert_eq!(mysql == without, cfg!(not(feature = "mysql")));
    }
}
