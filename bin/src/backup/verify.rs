//! Verification of a backup: it is restored to a scratch database and checked there.

use std::sync::Arc;

use sojourn_application::integrity::check;
use sojourn_application::ports::{AuditLog as _, Clock as _};
use sojourn_persistence::{Database, OpenOptions, newest_known_migration};
use sojourn_security::{HmacSigner, SystemClock, generate_secret};

use super::archive::Backup;
use super::command::{DUMP, engine};
use super::error::BackupError;
use super::files;
use super::tools::Server;
use crate::config::{DatabaseUrl, Settings};
use crate::wiring::{self, Dependencies};

/// Restores a backup to a scratch database, checks it there, and notes the success; the number of its bookings.
pub(super) async fn verify(settings: &Settings, backup: &Backup) -> Result<u64, BackupError> {
    require_suitable(settings, backup)?;
    backup.check_files()?;
    let random: String = generate_secret()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(10)
        .collect();
    let name = format!("sojourn_verify_{}", random.to_lowercase());
    let server = Server::of(&settings.database);
    let (url, scratch_file) = match &server {
        Some(server) => (server.create_scratch(&settings.database, &name)?, None),
        None => {
            let file = settings.backup_dir().join(format!(".{name}.db"));
            files::copy(&backup.folder.join(DUMP), &file)?;
            (format!("sqlite://{}", file.display()), Some(file))
        }
    };
    let checked = check_scratch(settings, backup, &url, server.as_ref()).await;
    if let Some(file) = scratch_file {
        for suffix in ["", "-wal", "-shm"] {
            let _may_be_missing = std::fs::remove_file(format!("{}{suffix}", file.display()));
        }
    }
    if let Some(server) = &server {
        server.drop_scratch(&name)?;
    }
    let bookings = checked?;
    backup.note_verified(SystemClock.now())?;
    Ok(bookings)
}

async fn check_scratch(
    settings: &Settings,
    backup: &Backup,
    url: &str,
    server: Option<&Server>,
) -> Result<u64, BackupError> {
    let scratch = settings.with_database(DatabaseUrl::of_scratch(url));
    if server.is_some()
        && let Some(server) = Server::of(&scratch.database)
    {
        server.load(&backup.folder.join(DUMP))?;
    }
    let options = OpenOptions {
        threads: 2,
        signer: Some(Arc::new(HmacSigner::new(&settings.secrets()?))),
    };
    let database = wiring::open(&scratch, options).await?;
    migrate(&database).await?;
    let lines = database.head().await?.map_or(0, |head| head.number);
    if lines < backup.manifest.audit_lines {
        return Err(BackupError::Damaged {
            name: backup.name.clone(),
            reason: format!("{lines} of {} audit lines", backup.manifest.audit_lines),
        });
    }
    let dependencies = Dependencies::for_read_only_command(settings);
    let ports = wiring::ports(settings, &database, dependencies)?;
    let report = check(&ports, &mut |_, _| {}).await?;
    let broken = usize::from(report.audit.broken_at.is_some());
    match report.findings.len() + broken {
        0 => Ok(report.bookings),
        findings => Err(BackupError::Inconsistent {
            name: backup.name.clone(),
            findings,
        }),
    }
}

/// Brings a restored schema to that of this version.
pub(super) async fn migrate(database: &Database) -> Result<(), BackupError> {
    let database = database.clone();
    wiring::in_background(move || Ok(database.migrate()?)).await?;
    Ok(())
}

/// A backup of another kind of database, or of a newer schema, cannot be restored.
pub(super) fn require_suitable(settings: &Settings, backup: &Backup) -> Result<(), BackupError> {
    let (own, made) = (engine(settings), backup.manifest.engine.as_str());
    let reason = if own != made {
        format!("is of {made}, and DATABASE_URL names {own}: set DATABASE_URL to a {made} database")
    } else if backup.manifest.schema > newest_known_migration()? {
        "was made by a newer version: use that version".to_owned()
    } else {
        return Ok(());
    };
    Err(BackupError::Unsuitable {
        name: backup.name.clone(),
        reason,
    })
}
