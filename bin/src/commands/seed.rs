//! `sojourn seed`

use super::CommandError;
use crate::config::Settings;
use crate::progress::say;
use crate::seed::{self, SeedArgs};
use crate::wiring::{self, Shared};

/// Stores a synthetic marketplace and tells how much of it was new.
pub(super) async fn run(settings: &Settings, args: SeedArgs) -> Result<(), CommandError> {
    let shared = Shared::of_command(settings).await?;
    let database = wiring::database(settings).await?;
    let seeded = seed::seed(args, &database, wiring::clock(None).now()).await;
    shared.forget_everything().await;
    let stored = seeded?;
    say(format_args!(
        "stored {} accounts, {} properties, {} bookings, {} payments, {} reviews",
        stored.users, stored.properties, stored.bookings, stored.payments, stored.reviews
    ));
    Ok(())
}
