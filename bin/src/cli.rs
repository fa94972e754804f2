//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::import::ImportArgs;
use crate::seed::SeedArgs;

const EXAMPLES: &str = "\
Examples:
  sojourn demo                          a marketplace to play with, filled and running
  sojourn serve                         your own, empty, on http://127.0.0.1:8080
  sojourn admin create --email ana@example.org < password.txt

With no configuration at all, Sojourn keeps its data in ./sojourn-data. Settings are read from sojourn.toml and from
the environment, which wins:
  SOJOURN_LISTEN          listen          where to listen                  127.0.0.1:8080
  SOJOURN_ENV             env             development or production        development
  SOJOURN_DATA_DIR        data_dir        data, secret, mails, payments     ./sojourn-data
  DATABASE_URL            database_url    postgres://… or sqlite://path    sqlite in the data folder
  REDIS_URL               redis_url       redis://… that servers share     in the process
  SOJOURN_SECRET          secret          signs tokens; 32 bytes or more   made and kept in development
  SOJOURN_SIGNING_KEYS    signing_keys    PEM files of Ed25519 keys        the secret signs tokens
  SOJOURN_PUBLIC_URL      public_url      where links in mails lead        the address listened on
  SOJOURN_MAIL_URL        mail_url        smtp://… or smtps://…            files in <data folder>/mail
  SOJOURN_MAIL_FROM       mail_from       Name <address>                   Sojourn <no-reply@localhost>
  SOJOURN_CORS_ORIGINS    cors_origins    whose web pages may call         none
  SOJOURN_TRUSTED_PROXIES trusted_proxies whose X-Forwarded-For counts     nobody's
  SOJOURN_RATE_LIMITS     rate_limits     on or off                        on
  SOJOURN_TERMS_<KEY>     [terms] <key>   fees and windows, e.g. SOJOURN_TERMS_HOLD_MINUTES=15
  RUST_LOG                log             what is logged to standard error info

docs/configuration.md describes these and the rest.";

/// The open, self-hostable backend of a vacation-rental marketplace.
#[derive(Debug, Parser)]
#[command(name = "sojourn", version, after_help = EXAMPLES)]
pub struct Cli {
    /// Read settings from this file instead of ./sojourn.toml
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API over HTTP, and work off what is due
    #[command(after_help = "\
Examples:
  sojourn serve
  SOJOURN_LISTEN=127.0.0.1:0 sojourn serve      a free port; the line `listening on` tells which
  sojourn serve --no-worker                     when `sojourn work` runs elsewhere

An embedded database is migrated first; for PostgreSQL run `sojourn migrate` before. SIGTERM or Ctrl-C stops it after
the requests in flight.")]
    Serve(ServeArgs),
    /// Work off what is due (mails, expiring holds, ending stays) without serving
    #[command(after_help = "\
Examples:
  sojourn work      as many of them as you like, on any machine, all with the same DATABASE_URL and SOJOURN_SECRET")]
    Work,
    /// Fill a fresh embedded database with a small marketplace and serve it
    #[command(after_help = "\
Examples:
  sojourn demo
  SOJOURN_LISTEN=127.0.0.1:0 sojourn demo

It lives in <data folder>/demo and begins anew each time. Its passwords are known to everybody: for trying out alone.
What it paid with play money stands in <data folder>/demo/gateway.jsonl, and `SOJOURN_DATA_DIR=<data folder>/demo
DATABASE_URL=sqlite://<data folder>/demo/demo.db sojourn doctor` examines it.")]
    Demo,
    /// Load what others publish
    #[command(subcommand)]
    Import(ImportSource),
    /// Fill the database with a synthetic marketplace of any size, the same for the same seed
    #[command(after_help = "\
Examples:
  sojourn seed --properties 1000 --bookings 5000
  sojourn seed --properties 1000 --seed 7       another thousand")]
    Seed(SeedArgs),
    /// Examine every booking and the money of each, and the audit log: nothing that should not be
    #[command(after_help = "\
Examples:
  sojourn doctor
  sojourn doctor --json | jq '.findings[].advice'

Each finding is a line that names its booking and says what to do. The audit log is a chain: its last hash, noted down
elsewhere, shows later that no line before it was changed. Nothing is changed. It may run beside a server.
Ends with 0 when all is well, 1 when something was found, 2 when the data could not be examined.")]
    Doctor(DoctorArgs),
    /// Bring the database up to date
    #[command(after_help = "\
Examples:
  DATABASE_URL=postgres://sojourn:secret@localhost/sojourn sojourn migrate")]
    Migrate,
    /// Print the OpenAPI description of the API
    #[command(after_help = "\
Examples:
  sojourn openapi > openapi.json")]
    Openapi,
    /// Manage operators
    #[command(subcommand)]
    Admin(AdminCommand),
}

/// How to serve.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Leave mails, expiring holds and ending stays to `sojourn work`
    #[arg(long)]
    pub no_worker: bool,
}

/// How to report.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
}

/// Whose data to load.
#[derive(Debug, Subcommand)]
pub enum ImportSource {
    /// A city of Inside Airbnb: listings, calendar, reviews
    #[command(after_help = "\
Examples:
  sojourn import inside-airbnb --listings listings.csv.gz
  sojourn import inside-airbnb --listings listings.csv.gz --calendar calendar.csv.gz --reviews reviews.csv.gz

Files as https://insideairbnb.com/get-the-data publishes them, packed or not. Running it twice changes nothing.")]
    InsideAirbnb(ImportArgs),
}

/// What to do about operators.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make an operator, or make an account one; the password is read from standard input
    #[command(after_help = "\
Examples:
  sojourn admin create --email ana@example.org < password.txt
  openssl rand -base64 18 | tee password.txt | sojourn admin create --email ana@example.org")]
    Create(CreateAdminArgs),
}

/// Who becomes an operator.
#[derive(Debug, Args)]
pub struct CreateAdminArgs {
    /// The e-mail address to log in with
    #[arg(long)]
    pub email: String,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
