//! `sojourn copy`

use sojourn_persistence::CopyProgress;

use super::doctor::require_existing_file;
use super::{CommandError, migrate};
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
    let from = wiring::open(&source, migrate::OPTIONS).await?;
    wiring::require_current_schema(&source, &from).await?;
    let (to, _) = migrate::open_migrated(&target).await?;
    let copied = wiring::in_background(move || {
        let bar = Bar(Progress::to_terminal());
        let copied = to.copy_from(&from, &bar);
        bar.0.finish();
        Ok(copied)
    });
    let copied = copied.await??;
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
