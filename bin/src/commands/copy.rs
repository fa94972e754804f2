//! `sojourn copy`

use std::sync::Arc;

use sojourn_persistence::{CopyProgress, Database, OpenOptions};

use super::CommandError;
use super::doctor::require_existing_file;
use crate::cli::CopyArgs;
use crate::config::Settings;
use crate::terminal::{Progress, print_line};
use crate::wiring;

/// Shows the table that is copied or compared.
struct Bar(Progress);

impl CopyProgress for Bar {
    fn copying(&self, table: &'static str) {
        self.0.begin(&format!("copying {table}"), None);
    }

    fn comparing(&self, table: &'static str) {
        self.0.begin(&format!("comparing {table}"), None);
    }

    fn advance(&self, rows: u64) {
        self.0.advance(rows);
    }
}

/// Copies all data to a new database, which is migrated first, and prints the number of rows of each table.
pub(super) async fn run(settings: &Settings, args: &CopyArgs) -> Result<(), CommandError> {
    let source = match &args.from {
        Some(url) => settings.with_database(url.clone()),
        None => settings.clone(),
    };
    let target = settings.with_database(args.to.clone());
    require_existing_file(&source)?;
    let from = open(&source).await?;
    match from.missing_migrations().await? {
        0 => {}
        missing => {
            return Err(CommandError::Start(wiring::StartError::PendingMigrations {
                database: source.database.clone(),
                missing,
            }));
        }
    }
    let to = open(&target).await?;
    let migrated = to.clone();
    wiring::in_background(move || Ok(migrated.migrate()?)).await?;
    let progress = Arc::new(Bar(Progress::to_terminal()));
    let shown = Arc::clone(&progress);
    let copied = wiring::in_background(move || Ok(to.copy_from(&from, shown.as_ref()))).await?;
    progress.0.finish();
    let copied = copied?;
    for (table, rows) in &copied {
        print_line(format_args!("{rows:>12}  {table}"));
    }
    let rows: u64 = copied.iter().map(|(_, rows)| rows).sum();
    print_line(format_args!(
        "copied {rows} rows from {} to {}, and compared each",
        source.database, target.database
    ));
    print_line(format_args!(
        "next: set DATABASE_URL to the target, run sojourn doctor, and start the servers and workers again"
    ));
    Ok(())
}

async fn open(settings: &Settings) -> Result<Database, CommandError> {
    let options = OpenOptions {
        threads: 1,
        signer: None,
    };
    Ok(wiring::open(settings, options).await?)
}
