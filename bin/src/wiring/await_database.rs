//! Waiting for a database on a server that does not answer yet.

use std::time::{Duration, Instant};

use sojourn_domain::shared::RepositoryError;
use sojourn_persistence::Database;
use tokio::time::sleep;

use super::start_error::StartError;
use crate::config::Settings;

/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(500);

/// Waits until the server of the database answers, as long as the settings allow. A cause that waiting does not remedy,
/// such as a wrong password, ends the wait at once.
pub(crate) async fn await_database(
    settings: &Settings,
    database: &Database,
) -> Result<(), StartError> {
    let began = Instant::now();
    let mut announced = false;
    loop {
        let reason = match database.unsafe_settings().await {
            Ok(problems) if problems.is_empty() => return Ok(()),
            Ok(problems) => {
                return Err(StartError::UnsafeServer {
                    database: settings.database.clone(),
                    problems,
                });
            }
            Err(RepositoryError::Unavailable(reason)) => reason,
            Err(error) => return Err(error.into()),
        };
        let lasting = lasting_cause(&reason);
        if lasting.is_some() || began.elapsed() >= settings.start_timeout {
            return Err(StartError::Unreachable {
                database: settings.database.clone(),
                advice: lasting.unwrap_or("start it, or correct DATABASE_URL"),
                reason: reason.trim_end().to_owned(),
            });
        }
        if !announced {
            announced = true;
            tracing::warn!(database = %settings.database, reason, "waiting for the database");
        }
        sleep(PAUSE).await;
    }
}

/// The remedy of a cause that does not pass by itself.
fn lasting_cause(reason: &str) -> Option<&'static str> {
    let mentions = |words: &[&str]| words.iter().all(|word| reason.contains(word));
    if mentions(&["database \"", "does not exist"]) {
        return Some("create it, for example with createdb, and run: sojourn migrate");
    }
    if mentions(&["Unknown database"]) {
        return Some(
            "create it with CREATE DATABASE … CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, and run: sojourn migrate",
        );
    }
    if mentions(&["SSL support is not compiled in"]) {
        return Some("use a build with the libpq of the system: --no-default-features");
    }
    let refused = [
        "password authentication failed",
        "no password supplied",
        "pg_hba.conf",
        "role \"",
        "Access denied",
    ];
    refused
        .iter()
        .any(|word| reason.contains(word))
        .then_some("correct user and password in DATABASE_URL, or the rights of the user")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lasting_causes_end_the_wait() {
        for (reason, advice) in [
            (r#"FATAL:  database "sojourn" does not exist"#, "createdb"),
            ("Unknown database 'sojourn'", "CREATE DATABASE"),
            (
                r#"FATAL:  password authentication failed for user "ana""#,
                "password",
            ),
            (r#"FATAL:  role "ana" does not exist"#, "password"),
            ("Access denied for user 'ana'@'localhost'", "password"),
        ] {
            let found = lasting_cause(reason).unwrap_or_default();
            assert!(found.contains(advice), "{reason}: {found}");
        }
        for passing in [
            "connection refused",
            "FATAL:  the database system is starting up",
            "timed out waiting for connection",
        ] {
            assert_eq!(lasting_cause(passing), None, "{passing}");
        }
    }
}
