//! The keys that sign access tokens for those who only verify them.

use std::fs;

use sojourn_security::SigningKey;

use super::sources::{ConfigError, Found};

const HINT: &str = "make one with: openssl genpkey -algorithm ed25519 -out key.pem";

/// The keys in the files of a value, the first of which signs. Read when they are needed.
pub(super) fn read(found: &Found) -> Result<Vec<SigningKey>, ConfigError> {
    found
        .value
        .split(',')
        .map(|path| of_file(found, path.trim()))
        .collect()
}

fn of_file(found: &Found, path: &str) -> Result<SigningKey, ConfigError> {
    if path.is_empty() {
        return Err(found.wrong(format!("paths of PEM files with commas between; {HINT}")));
    }
    let text = fs::read_to_string(path)
        .map_err(|error| found.wrong(format!("{path}: {error}; {HINT}")))?;
    SigningKey::of_pem(&text).map_err(|error| found.wrong(format!("{path}: {error}")))
}

#[cfg(test)]
mod tests {
    use sojourn_security::fresh_secret;

    use super::*;

    const GOOD: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";

    fn found(value: String) -> Found {
        Found {
            key: "SOJOURN_SIGNING_KEYS".to_owned(),
            value,
        }
    }

    #[test]
    fn files_hold_keys_or_are_named() {
        let folder = std::env::temp_dir().join(format!("sojourn-keys-{}", fresh_secret()));
        fs::create_dir_all(&folder).unwrap();
        let (good, bad) = (folder.join("good.pem"), folder.join("bad.pem"));
        fs::write(&good, GOOD).unwrap();
        fs::write(&bad, GOOD.replace("MC4CAQAwBQYDK2Vw", "MC4CAQAwBQYDK2Vu")).unwrap();
        let (good, bad) = (good.display(), bad.display());
        assert_eq!(read(&found(good.to_string())).unwrap().len(), 1);
        for value in [
            bad.to_string(),
            format!("{good},"),
            format!("{good},{folder}/none.pem", folder = folder.display()),
        ] {
            let error = read(&found(value)).map(drop).unwrap_err().to_string();
            assert!(
                error.starts_with("SOJOURN_SIGNING_KEYS: ") && error.contains("openssl genpkey"),
                "{error}"
            );
            assert!(!error.contains("K06/nwoy"), "{error}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
