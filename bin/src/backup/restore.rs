//! `sojourn restore`

use std::fs;
use std::path::{Path, PathBuf};

use sojourn_persistence::{Database, OpenOptions};

use super::archive::{self, Backup};
use super::command::DUMP;
use super::error::BackupError;
use super::files::{self, OF_DATA_FOLDER};
use super::tools::Server;
use super::verify::{migrate, require_suitable};
use crate::cli::RestoreArgs;
use crate::config::Settings;
use crate::terminal::print_line;
use crate::wiring;

/// End of the names of what a restore has replaced.
const REPLACED: &str = "before-restore";

/// Restores a backup into the configured database and data folder.
pub(crate) async fn run(settings: &Settings, args: &RestoreArgs) -> Result<(), BackupError> {
    let backup = archive::find(settings, Some(&args.name))?;
    require_suitable(settings, &backup)?;
    backup.check_files()?;
    settings.create_data_dir()?;
    if !args.force {
        require_empty(settings).await?;
    }
    match Server::of(&settings.database) {
        None => restore_file(settings, &backup)?,
        Some(server) => {
            if args.force {
                server.clear()?;
            }
            server.load(&backup.folder.join(DUMP))?;
        }
    }
    for name in OF_DATA_FOLDER {
        let (from, to) = (backup.folder.join(name), settings.data_dir.join(name));
        if from.exists() {
            set_aside(&to)?;
            files::copy(&from, &to)?;
        }
    }
    let database = open(settings).await?;
    migrate(&database).await?;
    print_line(format_args!(
        "restored {} into {}; now run: sojourn doctor",
        backup.name, settings.database
    ));
    Ok(())
}

async fn open(settings: &Settings) -> Result<Database, BackupError> {
    let options = OpenOptions {
        threads: 1,
        signer: None,
    };
    Ok(wiring::open(settings, options).await?)
}

/// Fails if the database or the data folder holds anything that would be replaced.
async fn require_empty(settings: &Settings) -> Result<(), BackupError> {
    let used = match file_of(settings) {
        Some(file) => file.exists(),
        None => open(settings).await?.newest_migration().await?.is_some(),
    };
    let target = if used {
        Some(settings.database.to_string())
    } else {
        OF_DATA_FOLDER
            .into_iter()
            .map(|name| settings.data_dir.join(name))
            .find(|path| path.exists())
            .map(|path| path.display().to_string())
    };
    target.map_or(Ok(()), |target| Err(BackupError::NotEmpty { target }))
}

/// The file of SQLite.
fn file_of(settings: &Settings) -> Option<PathBuf> {
    let path = settings.database.as_str().strip_prefix("sqlite://")?;
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

fn restore_file(settings: &Settings, backup: &Backup) -> Result<(), BackupError> {
    let Some(file) = file_of(settings) else {
        return Ok(());
    };
    for suffix in ["", "-wal", "-shm"] {
        set_aside(Path::new(&format!("{}{suffix}", file.display())))?;
    }
    files::copy(&backup.folder.join(DUMP), &file).map(drop)
}

/// Renames what is about to be replaced.
fn set_aside(path: &Path) -> Result<(), BackupError> {
    if !path.exists() {
        return Ok(());
    }
    let aside = PathBuf::from(format!("{}.{REPLACED}", path.display()));
    if aside.is_dir() {
        fs::remove_dir_all(&aside).map_err(BackupError::file(&aside))?;
    }
    fs::rename(path, &aside).map_err(BackupError::file(path))
}
