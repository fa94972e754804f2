//! Opening the database.

use std::sync::Arc;

use sojourn_persistence::{Database, OpenOptions};
use sojourn_security::HmacSigner;
use tokio::task::spawn_blocking;

use super::await_database::await_database;
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
    let options = OpenOptions {
        threads: connection_threads(),
        signer: Some(Arc::new(HmacSigner::new(&settings.secrets()?))),
    };
    let database = open(settings, options).await?;
    if !embedded {
        require_current_schema(settings, &database).await?;
        return Ok(database);
    }
    let migrated = database.clone();
    let applied = in_background(move || Ok(migrated.migrate()?)).await?;
    if !applied.is_empty() {
        tracing::info!(database = %settings.database, migrations = applied.len(), "migrated");
    }
    Ok(database)
}

/// Opens the database, waits until its server answers, and refuses one that a newer version of the program has
/// migrated.
pub(crate) async fn open(
    settings: &Settings,
    options: OpenOptions,
) -> Result<Database, StartError> {
    let url = settings.database.as_str().to_owned();
    let database = in_background(move || Ok(Database::open(&url, options)?)).await?;
    if !settings.database.is_embedded() {
        await_database(settings, &database).await?;
    }
    match database.unknown_migrations().await? {
        0 => Ok(database),
        unknown => Err(StartError::NewerSchema {
            database: settings.database.clone(),
            unknown,
        }),
    }
}

/// Runs work that blocks.
pub(crate) async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StartError> + Send + 'static,
) -> Result<T, StartError> {
    spawn_blocking(work)
        .await
        .map_err(|error| StartError::Runtime(error.to_string()))?
}

/// A database on a server is migrated by an explicit command only, and an older schema cannot be used.
pub(crate) async fn require_current_schema(
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
