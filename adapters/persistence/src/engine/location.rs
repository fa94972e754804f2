//! Database URLs.

use std::path::Path;

/// The address of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// A connection string of libpq.
    Postgres(String),
    /// A file, a `file:` URI or `:memory:`.
    Sqlite(String),
}

/// The URL names no supported database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the database URL must begin with postgres://, postgresql:// or sqlite:")]
pub struct UrlError;

impl Location {
    /// Reads a URL. Text without a scheme is the path of an SQLite file.
    pub(crate) fn parse(url: &str) -> Result<Self, UrlError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
            .unwrap_or(url);
        if path.is_empty() || (path.contains("://") && !path.starts_with("file:")) {
            return Err(UrlError);
        }
        Ok(Self::Sqlite(path.to_owned()))
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
        for bad in ["", "sqlite:", "mysql://localhost/x"] {
            assert_eq!(Location::parse(bad), Err(UrlError), "{bad}");
        }
    }
}
