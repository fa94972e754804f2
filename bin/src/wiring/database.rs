//! Opening the database.

use std::sync::Arc;

use sojourn_persistence::{Database, OpenOptions};
use sojourn_security::HmacSigner;
use tokio::task::spawn_blocking;

use super::ports::cpu_count;
use super::start_error::StartError;
use crate::config::Settings;

/// Opens the database. SQLite is created and migrated if necessary; a database on a server must
/// have the current schema.
pub(crate) async fn database(settings: &Settings) -> Result<Database, StartError> {
    let embedded = settings.database.is_embedded();
    if embedded {
        settings.create_data_dir()?;
    }
    let url = settings.database.as_str().to_owned();
    let options = OpenOptions {
        threads: connection_threads(),
        signer: Some(Arc::new(HmacSigner::new(&settings.secrets()?))),
    };
    let opened = spawn_blocking(move || {
        let database = Database::open(&url, options)?;
        let applied = if embedded {
            database.migrate()?
        } else {
            Vec::new()
        };
        Ok::<_, StartError>((database, applied))
    });
    let (database, applied) = opened
        .await
        .map_err(|error| StartError::Runtime(error.to_string()))??;
    if !applied.is_empty() {
        tracing::info!(database = %settings.database, migrations = applied.len(), "migrated");
    }
    if !embedded {
        require_safe_server(settings, &database).await?;
        require_current_schema(settings, &database).await?;
    }
    Ok(database)
}

/// A server that would lose what it confirmed is not used.
async fn require_safe_server(settings: &Settings, database: &Database) -> Result<(), StartError> {
    let problems = database.unsafe_settings().await?;
    if problems.is_empty() {
        return Ok(());
    }
    Err(StartError::UnsafeServer {
        database: settings.database.clone(),
        problems,
    })
}

/// A database on a server is migrated by an explicit command only, and an older schema cannot be used.
async fn require_current_schema(
    settings: &Settings,
    database: &Database,
) -> Result<(), StartError> {
    match database.missing_migrations().await? {
        0 => Ok(()),
        missing => Err(StartError::PendingMigrations {
            database: settings.database.clone(),
            missing,
        }),
    }
}

/// More threads than cores, since some wait for disk or network.
fn connection_threads() -> usize {
    (cpu_count() * 2).clamp(4, 32)
}
