//! The manifest of a backup.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Version of the layout of a backup.
pub(super) const FORMAT: u32 = 1;

/// Content of a backup. It is written last: a folder without it is no backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// [`FORMAT`].
    pub(super) format: u32,
    /// Version of the program.
    pub(super) version: String,
    /// Kind of the database: `sqlite`, `postgres` or `mysql`.
    pub(super) engine: String,
    /// Newest migration of its schema.
    pub(super) schema: String,
    /// Beginning of the backup.
    pub(super) created_at: DateTime<Utc>,
    /// Number of lines of the audit log when the backup began; the dump has as many or more.
    pub(super) audit_lines: i64,
    /// Files by their paths in the folder.
    pub(super) files: BTreeMap<String, FileRecord>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRecord {
    /// Its length.
    pub(super) bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub(super) sha256: String,
}

impl Manifest {
    /// Length of all files.
    pub(super) fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.bytes).sum()
    }
}
