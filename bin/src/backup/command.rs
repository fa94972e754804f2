//! `sojourn backup create`, `list` and `verify`

use chrono::Utc;
use sojourn_application::ports::{AuditLog as _, Clock as _};
use sojourn_persistence::Database;
use sojourn_security::SystemClock;
use tokio::task::spawn_blocking;

use super::archive::{self, Backup};
use super::error::BackupError;
use super::files::{self, OF_DATA_FOLDER};
use super::manifest::{FORMAT, Manifest};
use super::tools::Server;
use super::verify::verify;
use crate::cli::BackupCommand;
use crate::config::Settings;
use crate::terminal::print_line;
use crate::wiring::{self, StartError};

/// Name of the dump in a backup.
pub(super) const DUMP: &str = "database";

/// Runs a command on backups.
pub(crate) async fn run(settings: &Settings, command: &BackupCommand) -> Result<(), BackupError> {
    match command {
        BackupCommand::Create(args) => {
            let backup = create(settings).await?;
            if let Some(keep) = args.keep {
                archive::remove_older(settings, keep.get())?;
            }
            let megabytes = backup.manifest.bytes().div_ceil(1_000_000);
            print_line(format_args!("created {} ({megabytes} MB)", backup.name));
            Ok(())
        }
        BackupCommand::List => list(settings),
        BackupCommand::Verify(args) => {
            let backup = archive::find(settings, args.name.as_deref())?;
            let bookings = verify(settings, &backup).await?;
            print_line(format_args!(
                "verified {}: restored to a scratch database; {bookings} bookings and the audit log are consistent",
                backup.name
            ));
            Ok(())
        }
    }
}

fn list(settings: &Settings) -> Result<(), BackupError> {
    for backup in archive::all(settings)? {
        let verified = match backup.verified_at() {
            Some(at) => format!("verified {}", at.format("%F %T")),
            None => "not verified".to_owned(),
        };
        let Manifest {
            engine,
            version,
            schema,
            ..
        } = &backup.manifest;
        let bytes = backup.manifest.bytes();
        print_line(format_args!(
            "{}  {engine}  {bytes} bytes  version {version}  schema {schema}  {verified}",
            backup.name
        ));
    }
    Ok(())
}

/// Makes a backup while servers are running.
async fn create(settings: &Settings) -> Result<Backup, BackupError> {
    let database = wiring::database(settings).await?;
    let now = SystemClock.now();
    let head = database.head().await?;
    let schema = database.newest_migration().await?.unwrap_or_default();
    let name = format!("sojourn-{}", now.format("%Y%m%dT%H%M%S%3fZ"));
    let folder = settings.backup_dir().join(&name);
    let unfinished = settings.backup_dir().join(format!(".{name}"));
    files::create_private(&unfinished)?;
    let made = fill(settings, &database, &unfinished).await;
    let paths = match made {
        Ok(paths) => paths,
        Err(error) => {
            let _nothing_left = std::fs::remove_dir_all(&unfinished);
            return Err(error);
        }
    };
    let mut records = std::collections::BTreeMap::new();
    for path in paths {
        let inside = path.strip_prefix(&unfinished).unwrap_or(&path);
        records.insert(inside.display().to_string(), files::record(&path)?);
    }
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: engine(settings).to_owned(),
        schema,
        created_at: now.with_timezone(&Utc),
        audit_lines: head.map_or(0, |head| head.number),
        files: records,
    };
    archive::complete(&unfinished, &folder, &manifest)?;
    archive::find(settings, Some(&name))
}

/// Kind of the configured database.
pub(super) fn engine(settings: &Settings) -> &'static str {
    Server::of(&settings.database).map_or("sqlite", |server| server.engine())
}

/// Writes the dump and copies the files of the data folder; their paths. The files come after the dump, so that they
/// have all that it refers to.
async fn fill(
    settings: &Settings,
    database: &Database,
    folder: &std::path::Path,
) -> Result<Vec<std::path::PathBuf>, BackupError> {
    let dump = folder.join(DUMP);
    match Server::of(&settings.database) {
        None => database.write_snapshot(&dump).await?,
        Some(server) => {
            let to = dump.clone();
            spawn_blocking(move || server.dump(&to))
                .await
                .map_err(|error| StartError::Runtime(error.to_string()))??;
        }
    }
    let mut paths = vec![dump];
    for name in OF_DATA_FOLDER {
        paths.extend(files::copy(
            &settings.data_dir.join(name),
            &folder.join(name),
        )?);
    }
    Ok(paths)
}
