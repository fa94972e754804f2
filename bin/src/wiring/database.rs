//! The database.

use sojourn_persistence::{Database, OpenOptions};
use tokio::task::spawn_blocking;

use super::ports::cores;
use crate::app::StartError;
use crate::config::Settings;

/// Opens the database. An embedded one is made and migrated when it has to be; any other has its whole schema.
pub(crate) async fn database(settings: &Settings) -> Result<Database, StartError> {
    let embedded = settings.database.is_embedded();
    if embedded {
        settings.make_data_dir()?;
    }
    let url = settings.database.as_str().to_owned();
    let opened = spawn_blocking(move || {
        let database = Database::open(&url, OpenOptions { threads: threads() })?;
        let applied = if embedded {
            database.migrate()?
        } else {
            Vec::new()
        };
        Ok::<_, StartError>((database, applied))
    });
    let (database, applied) = opened
        .await
        .map_err(|error| StartError::Thread(error.to_string()))??;
    if !applied.is_empty() {
        tracing::info!(database = %settings.database, migrations = applied.len(), "migrated");
    }
    if !embedded {
        refuse_unmigrated(settings, &database).await?;
    }
    Ok(database)
}

/// Nobody migrates somebody else's database unasked, and nothing works on a schema that is not there.
async fn refuse_unmigrated(settings: &Settings, database: &Database) -> Result<(), StartError> {
    match database.missing_migrations().await? {
        0 => Ok(()),
        missing => Err(StartError::Unmigrated {
            database: settings.database.clone(),
            missing,
        }),
    }
}

/// Some wait for the disk or the network while others work.
fn threads() -> usize {
    (cores() * 2).clamp(4, 32)
}
