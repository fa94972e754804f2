//! Backups on the command line.

use std::num::NonZeroUsize;

use clap::{Args, Subcommand};

/// Commands of `sojourn backup`.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Make a backup while servers are running
    #[command(after_help = "\
Examples:
  sojourn backup create
  SOJOURN_BACKUP_URL=/mnt/backups sojourn backup create --keep 14

A backup is a folder in SOJOURN_BACKUP_URL (default: backups in the data folder) with a consistent dump of the database,
the generated secret, written mails and the journal of simulated payments. PostgreSQL is dumped by pg_dump, MariaDB and
MySQL by mariadb-dump, which must be installed. Backups contain secrets and personal data.")]
    Create(CreateBackupArgs),
    /// List backups, oldest first
    List,
    /// Restore a backup to a scratch database and check it there
    #[command(after_help = "\
Examples:
  sojourn backup verify                              the newest
  sojourn backup verify sojourn-20261128T050000000Z

On a server, the user of DATABASE_URL needs the right to create databases. The time of the last success is a metric,
sojourn_backup_verified_timestamp_seconds.")]
    Verify(VerifyBackupArgs),
}

/// Options of `sojourn backup create`.
#[derive(Debug, Args)]
pub struct CreateBackupArgs {
    /// Remove all backups but the newest N afterwards
    #[arg(long, value_name = "N")]
    pub keep: Option<NonZeroUsize>,
}

/// Options of `sojourn backup verify`.
#[derive(Debug, Args)]
pub struct VerifyBackupArgs {
    /// Name, as `sojourn backup list` shows it; the newest by default
    pub name: Option<String>,
}

/// Options of `sojourn restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Name, as `sojourn backup list` shows it
    pub name: String,
    /// Replace the data that is there
    #[arg(long)]
    pub force: bool,
}
