//! The secrets that sign tokens, quotes and cursors.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use sojourn_security::generate_secret;

use super::secret_strength::weakness;
use super::sources::{ConfigError, RawSetting};

const MIN_BYTES: usize = 32;
const HINT: &str = "generate one with: openssl rand -base64 48";

/// Parses a comma-separated list of secrets, the first of which signs.
pub(super) fn parse(found: &RawSetting, production: bool) -> Result<Vec<Vec<u8>>, ConfigError> {
    let secrets: Vec<_> = found
        .value
        .split(',')
        .map(|secret| secret.trim().as_bytes().to_vec())
        .collect();
    if secrets.iter().any(|secret| secret.len() < MIN_BYTES) {
        return Err(found.invalid(format!(
            "each secret must have at least {MIN_BYTES} bytes; {HINT}"
        )));
    }
    let weak = secrets.iter().find_map(|secret| weakness(secret));
    if let Some(reason) = weak.filter(|_| production) {
        return Err(found.invalid(format!("too easy to guess ({reason}); {HINT}")));
    }
    Ok(secrets)
}

/// Error for a missing secret; production has no default.
pub(super) fn missing() -> ConfigError {
    ConfigError::Invalid {
        key: "SOJOURN_SECRET".to_owned(),
        detail: format!("needed in production; {HINT}"),
    }
}

/// The secret stored in the data folder, created on first use. Concurrent processes get the same
/// one.
pub(super) fn load_or_create(folder: &Path) -> Result<Vec<u8>, ConfigError> {
    let path = folder.join("secret");
    let file_error = |detail: String| ConfigError::File {
        file: path.display().to_string(),
        detail,
    };
    if !path.exists() {
        create(folder, &path).map_err(|error| file_error(error.to_string()))?;
    }
    let secret = fs::read_to_string(&path)
        .map_err(|error| file_error(error.to_string()))?
        .trim()
        .as_bytes()
        .to_vec();
    if secret.len() < MIN_BYTES {
        return Err(file_error(format!(
            "less than {MIN_BYTES} bytes: delete the file to generate a new secret"
        )));
    }
    Ok(secret)
}

/// Writes a temporary file and links it into place, so that the first of several processes wins.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    let unfinished = folder.join(format!("secret.{}", generate_secret()));
    private_file(&unfinished)?.write_all(generate_secret().as_bytes())?;
    let linked = fs::hard_link(&unfinished, path);
    fs::remove_file(&unfinished)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str) -> RawSetting {
        RawSetting {
            key: "SOJOURN_SECRET".to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn production_refuses_weak_secrets() {
        let good = "kJ8s0Xv2Qm4nB7cL1zT5yR9wE3uI6oPa";
        assert_eq!(
            parse(&found(&format!("{good}, {good}")), true)
                .unwrap()
                .len(),
            2
        );
        for weak in [
            "short",
            &"a".repeat(64),
            "please-change-me-before-you-start-it",
            &format!("{good},short"),
            &format!("{good},"),
        ] {
            let error = parse(&found(weak), true).unwrap_err().to_string();
            assert!(
                error.starts_with("SOJOURN_SECRET: ") && !error.contains(weak),
                "{error}"
            );
        }
        assert!(parse(&found(&"a".repeat(64)), false).is_ok());
        assert!(parse(&found("short"), false).is_err());
    }

    #[test]
    fn the_secret_file_is_readable_by_its_owner_only() {
        let folder = std::env::temp_dir().join(format!("sojourn-secret-{}", generate_secret()));
        fs::create_dir_all(&folder).unwrap();
        let made: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| load_or_create(&folder).unwrap()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(made.iter().all(|secret| *secret == made[0]));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(folder.join("secret"))
                    .unwrap()
                    .permissions()
                    .mode()
                    & 0o777,
                0o600
            );
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
