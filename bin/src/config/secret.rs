//! The secrets that sign tokens, quotes and cursors.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use sojourn_security::fresh_secret;

use super::sources::{ConfigError, Found};

const LEAST_BYTES: usize = 32;
const LEAST_DIFFERENT_BYTES: usize = 10;
const HINT: &str = "make one with: openssl rand -base64 48";

/// The secrets of a value, the first of which signs.
pub(super) fn parse(found: &Found, production: bool) -> Result<Vec<Vec<u8>>, ConfigError> {
    let secrets: Vec<_> = found
        .value
        .split(',')
        .map(|secret| secret.trim().as_bytes().to_vec())
        .collect();
    if secrets.iter().any(|secret| secret.len() < LEAST_BYTES) {
        return Err(found.wrong(format!(
            "each secret needs at least {LEAST_BYTES} bytes; {HINT}"
        )));
    }
    let varied =
        |secret: &Vec<u8>| secret.iter().collect::<BTreeSet<_>>().len() >= LEAST_DIFFERENT_BYTES;
    if production && !secrets.iter().all(varied) {
        return Err(found.wrong(format!("too easy to guess; {HINT}")));
    }
    Ok(secrets)
}

/// In production there is no default.
pub(super) fn missing() -> ConfigError {
    ConfigError::Wrong {
        key: "SOJOURN_SECRET".to_owned(),
        detail: format!("needed in production; {HINT}"),
    }
}

/// The secret of a data folder, made when it is first asked for. Several processes get the same.
pub(super) fn of_folder(folder: &Path) -> Result<Vec<u8>, ConfigError> {
    let path = folder.join("secret");
    let wrong = |detail: String| ConfigError::File {
        file: path.display().to_string(),
        detail,
    };
    if !path.exists() {
        make(folder, &path).map_err(|error| wrong(error.to_string()))?;
    }
    let secret = fs::read_to_string(&path)
        .map_err(|error| wrong(error.to_string()))?
        .trim()
        .as_bytes()
        .to_vec();
    if secret.len() < LEAST_BYTES {
        return Err(wrong(format!(
            "less than {LEAST_BYTES} bytes: delete the file, and a new one is made"
        )));
    }
    Ok(secret)
}

/// Linked into place when it is whole, by whoever comes first.
fn make(folder: &Path, path: &Path) -> io::Result<()> {
    let unfinished = folder.join(format!("secret.{}", fresh_secret()));
    private_file(&unfinished)?.write_all(fresh_secret().as_bytes())?;
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

    fn found(value: &str) -> Found {
        Found {
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
    fn a_folder_keeps_its_secret_to_its_owner() {
        let folder = std::env::temp_dir().join(format!("sojourn-secret-{}", fresh_secret()));
        fs::create_dir_all(&folder).unwrap();
        let made: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| of_folder(&folder).unwrap()))
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
