//! Settings from variables and file.

use super::*;

fn load(pairs: &[(&str, &str)], file: &str) -> Result<Settings, String> {
    let sources =
        Sources::from_variables(pairs.iter().map(|(name, value)| (*name, *value))).with_file(file);
    Settings::load(&sources).map_err(|error| error.to_string())
}

#[test]
fn every_setting_has_a_default() {
    let settings = load(&[], "").unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(
        settings.database.as_str(),
        "sqlite://./sojourn-data/sojourn.db"
    );
    assert_eq!(settings.environment, Environment::Development);
    assert!(settings.warnings.is_empty());
}

#[cfg(unix)]
#[test]
fn an_open_data_folder_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = std::env::temp_dir().join(format!("sojourn-open-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let warnings = |mode| {
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
        let path = folder.display().to_string();
        load(&[("SOJOURN_DATA_DIR", &path)], "").unwrap().warnings
    };
    for open in [0o755, 0o750, 0o701] {
        let found = warnings(open);
        assert!(
            found.len() == 1 && found[0].ends_with("chmod 700"),
            "{found:?}"
        );
    }
    assert_eq!(warnings(0o700), Vec::<String>::new());
    std::fs::remove_dir(folder).unwrap();
}

#[test]
fn variables_override_the_file_and_empty_means_unset() {
    let file =
        "listen = '127.0.0.1:1'\nenv = 'production'\ncors_origins = ['https://a.example', '*']\n";
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
fn invalid_values_name_their_key() {
    for (name, value) in [
        ("SOJOURN_LISTEN", "8080"),
        ("SOJOURN_METRICS_LISTEN", "9090"),
        ("SOJOURN_START_TIMEOUT_SECONDS", "601"),
        ("SOJOURN_BACKUP_URL", "s3://bucket"),
        ("SOJOURN_ENV", "prod"),
        ("DATABASE_URL", "mysql://localhost"),
        ("SOJOURN_SECRET", "short"),
        ("SOJOURN_PUBLIC_URL", "rentals.example"),
        ("SOJOURN_CORS_ORIGINS", "https://a.example/path"),
        ("SOJOURN_MAIL_URL", "mail.example"),
        ("SOJOURN_MAIL_FROM", "nobody"),
        ("REDIS_URL", "localhost:6379"),
        ("SOJOURN_REDIS_TIMEOUT_MS", "soon"),
        ("SOJOURN_RATE_LIMITS", "maybe"),
        ("SOJOURN_GRAPHQL_INTROSPECTION", "true"),
        ("SOJOURN_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("SOJOURN_ARGON2_PARAMS", "m=1024,t=1,p=1"),
        ("SOJOURN_TERMS_HOLD_MINUTES", "-1"),
        ("RUST_LOG", "a=b=c"),
        ("DATABASE_URL", "postgres://"),
        ("SOJOURN_DATA_DIR", " "),
        ("SOJOURN_TRUSTED_PROXIES", "\t"),
        ("SOJOURN_TRUSTED_PROXIES", ","),
    ] {
        let error = load(&[(name, value)], "").map(drop).unwrap_err();
        assert!(error.starts_with(&format!("{name}: ")), "{error}");
    }
    assert!(
        load(&[], "data_dir = ' '")
            .map(drop)
            .unwrap_err()
            .starts_with("data_dir in sojourn.toml: must not be blank")
    );
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
fn an_unreadable_signing_key_is_an_error_when_keys_are_loaded() {
    let settings = load(&[("SOJOURN_SIGNING_KEYS", "/nowhere/key.pem")], "").unwrap();
    let error = settings.signing_keys().map(drop).unwrap_err().to_string();
    assert!(
        error.starts_with("SOJOURN_SIGNING_KEYS: /nowhere/key.pem: "),
        "{error}"
    );
    assert_eq!(load(&[], "").unwrap().signing_keys().unwrap().len(), 0);
}

#[test]
fn doubtful_settings_are_warned_about() {
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

    let settings = load(
        &[("SOJOURN_RATE_LIMIT", "on"), ("SOJOURN_TEST_CITY", "x")],
        "",
    )
    .unwrap();
    assert_eq!(
        settings.warnings,
        ["SOJOURN_RATE_LIMIT is not a setting and has NO EFFECT"]
    );

    let unlimited = [
        ("SOJOURN_RATE_LIMITS", "off"),
        ("SOJOURN_PUBLIC_URL", "https://a.example"),
    ];
    let settings = load(&unlimited, "env = 'production'").unwrap();
    assert!(!settings.rate_limits);
    let beginnings = [
        "SOJOURN_RATE_LIMITS is off",
        "SOJOURN_MAIL_URL is not set",
        "payments are SIMULATED",
    ];
    assert_eq!(settings.warnings.len(), beginnings.len());
    for (warning, beginning) in settings.warnings.iter().zip(beginnings) {
        assert!(warning.starts_with(beginning), "{warning}");
    }
    assert!(load(&unlimited, "").unwrap().warnings.is_empty());
}

#[test]
fn all_wrong_settings_are_reported_at_once() {
    let pairs = [
        ("SOJOURN_LISTEN", "8080"),
        ("SOJOURN_SECRET", "short"),
        ("SOJOURN_MAIL_FROM", "nobody"),
        ("SOJOURN_TERMS_HOLD_MINUTES", "-1"),
        ("SOJOURN_TERMS_REVIEW_DAYS", "0"),
    ];
    let error = load(&pairs, "listn = 1\nenv = 'prod'")
        .map(drop)
        .unwrap_err();
    let mut lines = error.lines();
    assert_eq!(lines.next(), Some("7 settings are wrong:"));
    let keys: Vec<_> = lines
        .map(|line| {
            line.trim()
                .split(": ")
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    for (name, _) in pairs {
        assert!(keys.iter().any(|key| key == name), "{error}");
    }
    assert!(!error.contains("short"), "{error}");
}

#[test]
fn a_misspelt_variable_stops_production() {
    let misspelt = [("SOJOURN_LISTEM", "127.0.0.1:1")];
    let error = load(&misspelt, "env = 'production'").map(drop).unwrap_err();
    assert_eq!(error, "SOJOURN_LISTEM: is not a setting");
    assert_eq!(load(&misspelt, "").unwrap().warnings.len(), 1);
}

#[test]
fn secrets_may_be_in_files() {
    let file = std::env::temp_dir().join(format!("sojourn-database-url-{}", std::process::id()));
    let path = file.display().to_string();
    let from_file = |more: &[(&str, &str)]| {
        load(
            &[&[("DATABASE_URL_FILE", path.as_str())], more].concat(),
            "",
        )
    };
    let missing = from_file(&[]).map(drop).unwrap_err();
    assert!(
        missing.starts_with(&format!("DATABASE_URL_FILE: {path}: ")),
        "{missing}"
    );
    std::fs::write(&file, "postgres://ana:p4ss@db/sojourn\n").unwrap();
    let settings = from_file(&[]).unwrap();
    assert_eq!(settings.database.as_str(), "postgres://ana:p4ss@db/sojourn");
    let both = from_file(&[("DATABASE_URL", "sqlite://a.db")])
        .map(drop)
        .unwrap_err();
    assert!(
        both.starts_with("DATABASE_URL_FILE: DATABASE_URL is set as well"),
        "{both}"
    );
    std::fs::write(&file, "").unwrap();
    assert!(from_file(&[]).map(drop).unwrap_err().ends_with("is empty"));
    std::fs::write(&file, "oracle://ana:p4ss@db").unwrap();
    let invalid = from_file(&[]).map(drop).unwrap_err();
    assert!(invalid.starts_with("DATABASE_URL_FILE: must be ") && !invalid.contains("p4ss"));
    std::fs::remove_file(file).unwrap();
    // Only secrets are read from files.
    let other = load(&[("SOJOURN_LISTEN_FILE", "/nowhere")], "").unwrap();
    assert_eq!(
        other.warnings,
        ["SOJOURN_LISTEN_FILE is not a setting and has NO EFFECT"]
    );
}

#[test]
fn introspection_is_off_in_production_unless_it_is_turned_on() {
    let is_on = |pairs: &[(&str, &str)]| load(pairs, "").unwrap().graphql_introspection;
    let production = ("SOJOURN_ENV", "production");
    assert!(is_on(&[]) && !is_on(&[production]));
    assert!(is_on(&[
        production,
        ("SOJOURN_GRAPHQL_INTROSPECTION", "on")
    ]));
    assert!(!is_on(&[("SOJOURN_GRAPHQL_INTROSPECTION", "off")]));
}
