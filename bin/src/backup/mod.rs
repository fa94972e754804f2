//! Backups: a folder each, with the dump of the database, the files of the data folder, and a manifest of their hashes.

mod archive;
mod command;
mod error;
mod files;
mod manifest;
mod restore;
mod tools;
mod verify;

pub(crate) use archive::last_verified;
pub(crate) use command::run;
pub use error::BackupError;
pub(crate) use restore::run as restore;
