//! The folder of the backups.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::error::BackupError;
use super::files;
use super::manifest::{FORMAT, Manifest};
use crate::config::Settings;

const MANIFEST: &str = "manifest.json";
/// File with the instant at which a backup was verified.
const VERIFIED: &str = "verified";

/// A complete backup.
#[derive(Debug)]
pub(super) struct Backup {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    pub(super) manifest: Manifest,
}

impl Backup {
    /// The backup in a folder.
    fn read(folder: PathBuf) -> Result<Self, BackupError> {
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let path = folder.join(MANIFEST);
        let text = fs::read_to_string(&path).map_err(BackupError::file(&path))?;
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|error| BackupError::Damaged {
                name: name.clone(),
                reason: format!("{MANIFEST}: {error}"),
            })?;
        if manifest.format != FORMAT {
            return Err(BackupError::Unsuitable {
                name,
                reason: "was made by a newer version: use that version".to_owned(),
            });
        }
        Ok(Self {
            name,
            folder,
            manifest,
        })
    }

    /// Compares every file with the manifest.
    pub(super) fn check_files(&self) -> Result<(), BackupError> {
        for (path, expected) in &self.manifest.files {
            let reason = match files::record(&self.folder.join(path)) {
                Ok(found) if found == *expected => continue,
                Ok(found) if found.bytes != expected.bytes => {
                    format!(
                        "{path} has {} bytes instead of {}",
                        found.bytes, expected.bytes
                    )
                }
                Ok(_) => format!("{path} was changed"),
                Err(error) => error.to_string(),
            };
            return Err(BackupError::Damaged {
                name: self.name.clone(),
                reason,
            });
        }
        Ok(())
    }

    /// The instant at which it was verified, if it was.
    pub(super) fn verified_at(&self) -> Option<DateTime<Utc>> {
        let text = fs::read_to_string(self.folder.join(VERIFIED)).ok()?;
        text.trim().parse().ok()
    }

    /// Notes that it was verified.
    pub(super) fn note_verified(&self, at: DateTime<Utc>) -> Result<(), BackupError> {
        files::write(&self.folder.join(VERIFIED), &at.to_rfc3339())
    }
}

/// Completes a backup: writes its manifest and gives the folder its name.
pub(super) fn complete(
    unfinished: &Path,
    folder: &Path,
    manifest: &Manifest,
) -> Result<(), BackupError> {
    let text = serde_json::to_string_pretty(manifest).unwrap_or_default();
    files::write(&unfinished.join(MANIFEST), &text)?;
    fs::rename(unfinished, folder).map_err(BackupError::file(folder))
}

/// All complete backups, oldest first. Folders that are no backups are left out.
pub(super) fn all(settings: &Settings) -> Result<Vec<Backup>, BackupError> {
    let folder = settings.backup_dir();
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(BackupError::file(&folder))?,
    };
    let mut all: Vec<Backup> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| Backup::read(entry.path()).ok())
        .collect();
    all.sort_by_key(|backup| backup.manifest.created_at);
    Ok(all)
}

/// Removes all backups but the newest ones.
pub(super) fn remove_older(settings: &Settings, keep: usize) -> Result<(), BackupError> {
    let mut all = all(settings)?;
    all.truncate(all.len().saturating_sub(keep));
    for backup in all {
        fs::remove_dir_all(&backup.folder).map_err(BackupError::file(&backup.folder))?;
    }
    Ok(())
}

/// The backup of this name, or the newest.
pub(super) fn find(settings: &Settings, name: Option<&str>) -> Result<Backup, BackupError> {
    let folder = settings.backup_dir();
    let missing = |name: &str| BackupError::NotFound {
        name: name.to_owned(),
        folder: folder.display().to_string(),
    };
    match name {
        None => all(settings)?.pop().ok_or_else(|| missing("at all")),
        Some(name) if name.contains(['/', '\\']) || !folder.join(name).is_dir() => {
            Err(missing(name))
        }
        Some(name) => Backup::read(folder.join(name)).map_err(|error| match error {
            BackupError::File { error, .. } => BackupError::Damaged {
                name: name.to_owned(),
                reason: format!("{MANIFEST}: {error}"),
            },
            error => error,
        }),
    }
}

/// The beginning of the newest backup that was verified.
pub(crate) fn last_verified(settings: &Settings) -> Option<DateTime<Utc>> {
    let all = all(settings).ok()?;
    let verified = all.iter().filter(|backup| backup.verified_at().is_some());
    verified.map(|backup| backup.manifest.created_at).max()
}
