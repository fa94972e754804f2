//! The command line and its help texts.

mod backup;
mod jobs;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub use self::backup::{BackupCommand, CreateBackupArgs, RestoreArgs, VerifyBackupArgs};
pub use self::jobs::{JobsCommand, ListJobsArgs, SelectJobsArgs};
use crate::config::DatabaseUrl;
use crate::import::ImportArgs;
use crate::seed::SeedArgs;

const EXAMPLES: &str = "\
Examples:
  sojourn demo                          serve a sample marketplace
  sojourn serve                         serve an empty marketplace on http://127.0.0.1:8080
  sojourn admin create --email ana@example.org < password.txt

Without any configuration, data is stored in ./sojourn-data. Settings are read from environment variables and from
sojourn.toml; variables take precedence. Variable, key in the file, meaning, default:
  SOJOURN_LISTEN          listen          address and port                 127.0.0.1:8080
  SOJOURN_ENV             env             development or production        development
  SOJOURN_DATA_DIR        data_dir        folder for data and mails        ./sojourn-data
  DATABASE_URL            database_url    postgres:, mysql: or sqlite: URL SQLite in the data folder
  REDIS_URL               redis_url       redis://… shared by servers      cache and limits in the process
  SOJOURN_SECRET          secret          signs tokens; 32 bytes or more   generated in development
  SOJOURN_SIGNING_KEYS    signing_keys    PEM files of Ed25519 keys        the secret signs tokens
  SOJOURN_PUBLIC_URL      public_url      base URL of links in mails       the listening address
  SOJOURN_MAIL_URL        mail_url        smtp://… or smtps://…            files in <data folder>/mail
  SOJOURN_MAIL_FROM       mail_from       Name <address>                   Sojourn <no-reply@localhost>
  SOJOURN_CORS_ORIGINS    cors_origins    origins of browser clients       none
  SOJOURN_GRAPHQL_INTROSPECTION           on or off                        on in development
  SOJOURN_TRUSTED_PROXIES trusted_proxies proxies that set X-Forwarded-For none
  SOJOURN_RATE_LIMITS     rate_limits     on or off                        on
  SOJOURN_TERMS_<KEY>     [terms] <key>   fees and time windows, e.g. SOJOURN_TERMS_HOLD_MINUTES=15
  SOJOURN_METRICS_LISTEN  metrics_listen  address and port of /metrics     none in production
  RUST_LOG                log             log filter                       info

docs/configuration.md describes all settings.";

/// The open, self-hostable backend of a vacation-rental marketplace.
#[derive(Debug, Parser)]
#[command(name = "sojourn", version, after_help = EXAMPLES)]
pub struct Cli {
    /// Read settings from this file instead of ./sojourn.toml
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// Commands of the program.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the REST and GraphQL API and run background jobs
    #[command(after_help = "\
Examples:
  sojourn serve
  SOJOURN_LISTEN=127.0.0.1:0 sojourn serve      pick a free port and print it
  sojourn serve --no-worker                     leave background jobs to `sojourn work`

SQLite is migrated at the start; for a database on a server, run `sojourn migrate` first. On SIGTERM or Ctrl-C the
server finishes requests in flight and exits.")]
    Serve(ServeArgs),
    /// Run background jobs (mails, expiring holds, completed stays, payouts) without serving HTTP
    #[command(after_help = "\
Examples:
  sojourn work
  DATABASE_URL=postgres://sojourn:secret@db/sojourn sojourn work

Any number of workers may run, on any machine, with the same DATABASE_URL and SOJOURN_SECRET.")]
    Work,
    /// Create a sample marketplace in an embedded database and serve it
    #[command(after_help = "\
Examples:
  sojourn demo
  SOJOURN_LISTEN=127.0.0.1:0 sojourn demo
  sojourn demo --clock     try deadlines: curl $API/demo/clock/advance -d '{\"by\": \"3d 2h\"}' (or \"to\", an instant)

Data is stored in <data folder>/demo and recreated at each start. The passwords are public: for evaluation only.
Simulated payments are recorded in <data folder>/demo/gateway.jsonl. To check the data, run `SOJOURN_DATA_DIR=<data
folder>/demo DATABASE_URL=sqlite://<data folder>/demo/demo.db sojourn doctor`.")]
    Demo(DemoArgs),
    /// Import published data sets
    #[command(subcommand)]
    Import(ImportSource),
    /// Fill the database with generated data; the same seed generates the same data
    #[command(after_help = "\
Examples:
  sojourn seed --properties 1000 --bookings 5000
  sojourn seed --properties 1000 --seed 7       another 1000 properties")]
    Seed(SeedArgs),
    /// Check bookings, payments, ledger and audit log for inconsistencies
    #[command(after_help = "\
Examples:
  sojourn doctor
  sojourn doctor --json | jq '.findings[].advice'

Each finding is printed on a line with its booking and advice. The lines of the audit log form a hash chain: a copy of
the last hash stored elsewhere proves later that no earlier line was changed. The command changes no data and may run
while servers are running.

Exit codes:
  0  no findings
  1  findings
  2  the data could not be checked")]
    Doctor(DoctorArgs),
    /// Apply pending database migrations
    #[command(after_help = "\
Examples:
  DATABASE_URL=postgres://sojourn:secret@localhost/sojourn sojourn migrate

Run it before starting a new version on PostgreSQL or MySQL. Migrations that are already applied are skipped.")]
    Migrate,
    /// Copy all data to a new database, also of another kind
    #[command(after_help = "\
Examples:
  sojourn copy --to postgres://sojourn:secret@db/sojourn            from the configured database
  sojourn copy --from sqlite://sojourn-data/sojourn.db --to mysql://sojourn:secret@db/sojourn

Stop all servers and workers first: what they store after the copy began is not in it. The target must exist and have no
data; it is migrated. Every row is compared, and nothing stays in the target unless all are equal. The data folder, with the
secret and the mails, is not copied: go on using it.")]
    Copy(CopyArgs),
    /// Print the OpenAPI document of the API
    #[command(after_help = "\
Examples:
  sojourn openapi > openapi.json")]
    Openapi,
    /// Print the GraphQL schema of the API
    #[command(after_help = "\
Examples:
  sojourn graphql-schema > schema.graphql")]
    GraphqlSchema,
    /// Manage administrator accounts
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Make, list and verify backups
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Restore a backup into the configured database and data folder
    #[command(after_help = "\
Examples:
  sojourn restore sojourn-20261128T050000000Z
  sojourn restore sojourn-20261128T050000000Z --force     replace what is there

Stop all servers and workers first. Every file is compared with the manifest before anything is changed. An older backup is
migrated to the schema of this version. Replaced files are kept with the ending .before-restore.")]
    Restore(RestoreArgs),
    /// Ask a running server or worker whether it is ready
    #[command(after_help = "\
Examples:
  sojourn health                                the server on SOJOURN_LISTEN
  sojourn health --address 127.0.0.1:9090       a worker or server on its SOJOURN_METRICS_LISTEN, with details

Exit codes:
  0  ready
  1  not ready, or no answer")]
    Health(HealthArgs),
    /// Check or print the settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Show background work that is queued or has failed, and retry or discard it
    #[command(subcommand)]
    Jobs(JobsCommand),
    /// Print the completions of commands and options for a shell
    #[command(after_help = "\
Examples:
  sojourn completions bash > /etc/bash_completion.d/sojourn
  sojourn completions zsh > /usr/share/zsh/site-functions/_sojourn
  sojourn completions fish > ~/.config/fish/completions/sojourn.fish")]
    Completions(CompletionsArgs),
    /// Write manual pages, one for each command
    #[command(after_help = "\
Examples:
  sojourn man /usr/local/share/man/man1 && man sojourn-jobs-list")]
    Man(ManArgs),
}

/// Options of `sojourn health`.
#[derive(Debug, Args)]
pub struct HealthArgs {
    /// Ask this address instead of SOJOURN_LISTEN
    #[arg(long, value_name = "HOST:PORT")]
    pub address: Option<SocketAddr>,
}

/// Commands of `sojourn config`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Check all settings without starting anything
    #[command(after_help = "\
Examples:
  sojourn config check
  SOJOURN_ENV=production sojourn --config /etc/sojourn/sojourn.toml config check

All wrong settings are reported at once, with exit code 1.")]
    Check,
    /// Print the settings in force and their origins; secrets are hidden
    #[command(after_help = "\
Examples:
  sojourn config print
  sojourn config print | grep -v '# default$'   only what is set")]
    Print,
}

/// Options of `sojourn copy`.
#[derive(Debug, Args)]
pub struct CopyArgs {
    /// Database to copy from, instead of the configured one
    #[arg(long, value_name = "URL")]
    pub from: Option<DatabaseUrl>,
    /// Database to copy to: postgres://…, mysql://… or sqlite://…
    #[arg(long, value_name = "URL")]
    pub to: DatabaseUrl,
}

/// Options of `sojourn completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Shell to print them for
    pub shell: Shell,
}

/// Options of `sojourn man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder to write them to; created if absent
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}

/// Options of `sojourn serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Do not run background jobs in this process; run `sojourn work` elsewhere
    #[arg(long)]
    pub no_worker: bool,
}

/// Options of `sojourn demo`.
#[derive(Debug, Clone, Copy, Args)]
pub struct DemoArgs {
    /// Serve POST /demo/clock/advance, which moves the clock of the demo ahead
    #[arg(long)]
    pub clock: bool,
}

/// Options of `sojourn doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
}

/// Sources of `sojourn import`.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// Import a city of Inside Airbnb: listings, calendar and reviews
    #[command(after_help = "\
Examples:
  sojourn import inside-airbnb --listings listings.csv.gz
  sojourn import inside-airbnb --listings listings.csv.gz --calendar calendar.csv.gz --reviews reviews.csv.gz

Files are read as https://insideairbnb.com/get-the-data publishes them, gzipped or not. Importing the same files again
changes nothing; a newer calendar replaces what an earlier one said, except for nights that are sold here. A file that
cannot be meant (summary, other separator or encoding) ends with exit code 2 before anything is stored.")]
    InsideAirbnb(ImportArgs),
}

/// Commands of `sojourn admin`.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Create an administrator, or make an existing account one; reads the password from standard
    /// input
    #[command(after_help = "\
Examples:
  sojourn admin create --email ana@example.org < password.txt
  openssl rand -base64 18 | tee password.txt | sojourn admin create --email ana@example.org")]
    Create(CreateAdminArgs),
}

/// Options of `sojourn admin create`.
#[derive(Debug, Args)]
pub struct CreateAdminArgs {
    /// E-mail address of the account
    #[arg(long)]
    pub email: String,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
