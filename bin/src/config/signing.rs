//! The Ed25519 keys that sign access tokens.

use std::fs;

use sojourn_security::SigningKey;

use super::sources::{ConfigError, RawSetting};

const HINT: &str = "generate one with: openssl genpkey -algorithm ed25519 -out key.pem";

/// Loads the keys from a comma-separated list of PEM files, the first of which signs.
pub(super) fn read(found: &RawSetting) -> Result<Vec<SigningKey>, ConfigError> {
    found
        .value
        .split(',')
        .map(|path| load_key(found, path.trim()))
        .collect()
}

fn load_key(found: &RawSetting, path: &str) -> Result<SigningKey, ConfigError> {
    if path.is_empty() {
        return Err(found.invalid(format!(
            "must be paths of PEM files separated by commas; {HINT}"
        )));
    }
    let text = fs::read_to_string(path)
        .map_err(|error| found.invalid(format!("{path}: {error}; {HINT}")))?;
    SigningKey::from_pem(&text).map_err(|error| found.invalid(format!("{path}: {error}")))
}

#[cfg(test)]
mod tests {
    use sojourn_security::generate_secret;

    use super::*;

    const GOOD: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";

    fn found(value: String) -> RawSetting {
        RawSetting {
            key: "SOJOURN_SIGNING_KEYS".to_owned(),
            value,
        }
    }

    #[test]
    fn a_file_without_a_key_is_named_in_the_error() {
        let folder = std::env::temp_dir().join(format!("sojourn-keys-{}", generate_secret()));
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
