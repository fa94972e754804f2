//! `sojourn seed`

use super::CommandError;
use crate::config::Settings;
use crate::progress::say;
use crate::seed::{self, SeedArgs};
use crate::wiring;

/// Stores a synthetic marketplace and tells how much of it was new.
pub(super) async fn run(settings: &Settings, args: SeedArgs) -> Result<(), CommandError> {
    let database = wiring::database(settings).await?;
    let stored = seed::seed(args, &database, wiring::clock(None).now()).await?;
    say(format_args!(
        "stored {} accounts, {} properties, {} bookings, {} payments, {} reviews",
        stored.users, stored.properties, stored.bookings, stored.payments, stored.reviews
    ));
    Ok(())
}
