//! `sojourn seed`

use super::CommandError;
use crate::config::Settings;
use crate::seed::{self, SeedArgs};
use crate::terminal::print_line;
use crate::wiring::{self, CacheAndLimits};

/// Stores generated data and prints how much of it was new.
pub(super) async fn run(settings: &Settings, args: SeedArgs) -> Result<(), CommandError> {
    let cache_and_limits = CacheAndLimits::for_command(settings).await?;
    let database = wiring::database(settings).await?;
    let seeded = seed::seed(args, &database, wiring::clock(None).now()).await;
    cache_and_limits.clear_cache().await;
    let stored = seeded?;
    print_line(format_args!(
        "stored {} accounts, {} properties, {} bookings, {} payments, {} reviews",
        stored.users, stored.properties, stored.bookings, stored.payments, stored.reviews
    ));
    Ok(())
}
