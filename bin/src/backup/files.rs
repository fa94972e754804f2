//! Files of a backup.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::BackupError;
use super::manifest::FileRecord;

/// Files and folders of the data folder that belong to a backup: the generated secret, the journal of the simulated
/// payment gateway, and the written mails.
pub(super) const OF_DATA_FOLDER: [&str; 3] = ["secret", "gateway.jsonl", "mail"];

/// Creates a folder that only its owner can enter.
pub(super) fn create_private(folder: &Path) -> Result<(), BackupError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(BackupError::file(folder))
}

/// Copies a file, or a folder with all its files, and returns the paths of the copies. Missing ones are left out.
pub(super) fn copy(from: &Path, to: &Path) -> Result<Vec<PathBuf>, BackupError> {
    if from.is_dir() {
        create_private(to)?;
        let mut copies = Vec::new();
        for entry in fs::read_dir(from).map_err(BackupError::file(from))? {
            let entry = entry.map_err(BackupError::file(from))?;
            copies.extend(copy(&entry.path(), &to.join(entry.file_name()))?);
        }
        return Ok(copies);
    }
    if !from.exists() {
        return Ok(Vec::new());
    }
    fs::copy(from, to).map_err(BackupError::file(to))?;
    Ok(vec![to.to_owned()])
}

/// Length and hash of a file.
pub(super) fn record(path: &Path) -> Result<FileRecord, BackupError> {
    let mut file = File::open(path).map_err(BackupError::file(path))?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(BackupError::file(path))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        bytes += u64::try_from(read).unwrap_or(0);
    }
    let digest = hash.finalize();
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(FileRecord { bytes, sha256 })
}

/// Writes a file durably.
pub(super) fn write(path: &Path, text: &str) -> Result<(), BackupError> {
    let mut file = File::create(path).map_err(BackupError::file(path))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(BackupError::file(path))
}
