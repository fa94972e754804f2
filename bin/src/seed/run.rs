//! Generates the data in batches: memory does not grow with its size.

use chrono::{DateTime, Utc};
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::booking::{HoldError, OfferError, TransitionError};
use sojourn_domain::ledger::SettlementError;
use sojourn_domain::payment::PaymentError;
use sojourn_domain::review::ReviewError;
use sojourn_domain::shared::{MarketplaceTerms, RepositoryError};

use super::SeedArgs;
use super::booking::{BookingSeeder, history_days};
use super::property::{host_count, property};
use super::users::user;
use crate::import::add_counts;
use crate::terminal::Progress;

/// Rows in a batch.
const BATCH_ROWS: usize = 2_000;
/// Maximum number of bookings for one property; the years from 1970 to 2200 have room for more.
const MAX_BOOKINGS_PER_PROPERTY: u32 = 2_000;

/// Errors that stop seeding. Objects stored before the error stay, and are skipped by the next run.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// More bookings than the properties have nights for.
    #[error("too many bookings: at most {MAX_BOOKINGS_PER_PROPERTY} for each property")]
    TooManyBookings,
    /// A generated object violates a rule of the marketplace: a defect of the generator.
    #[error("a generated object violates a rule of the marketplace")]
    Rule,
    /// A generated stay cannot be booked or priced: a defect of the generator.
    #[error(transparent)]
    Offer(#[from] OfferError),
    /// A generated quote cannot be booked: a defect of the generator.
    #[error(transparent)]
    Hold(#[from] HoldError),
    /// A generated booking cannot change its status: a defect of the generator.
    #[error(transparent)]
    Booking(#[from] TransitionError),
    /// A generated payment cannot change its status: a defect of the generator.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The ledger of a generated booking cannot be derived: a defect of the generator.
    #[error(transparent)]
    Settlement(#[from] SettlementError),
    /// A generated stay cannot be reviewed: a defect of the generator.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Fills the store with generated data: hosts, guests, listed properties in cities around the
/// world, and bookings that share no night, half of them past (completed, paid out, most reviewed),
/// half upcoming (confirmed and paid). Every booking has its journal. Ids are derived from the
/// seed, so that seeding twice adds nothing.
///
/// # Errors
/// [`SeedError`].
pub async fn seed(
    args: SeedArgs,
    importer: &dyn Importer,
    now: DateTime<Utc>,
) -> Result<ImportCounts, SeedError> {
    if u64::from(args.bookings) > u64::from(args.properties) * u64::from(MAX_BOOKINGS_PER_PROPERTY)
    {
        return Err(SeedError::TooManyBookings);
    }
    let progress = Progress::to_terminal();
    let guests = if args.bookings == 0 {
        0
    } else {
        (args.bookings / 4).clamp(10, 1_000_000)
    };
    let mut stored = ImportCounts::default();
    for (role, count) in [("host", host_count(args.properties)), ("guest", guests)] {
        progress.begin(role, Some(count.into()));
        stored = add_counts(
            stored,
            seed_users(&args, role, count, importer, &progress, now).await?,
        );
    }
    progress.begin("properties and bookings", Some(args.properties.into()));
    let terms = MarketplaceTerms::default();
    let per_property = args.bookings / args.properties.max(1);
    let remainder = args.bookings % args.properties.max(1);
    let mut batch = ImportBatch::default();
    for index in 0..args.properties {
        let count = per_property + u32::from(index < remainder);
        let listing = property(args.seed, index, history_days(count.div_ceil(2)), now)?;
        BookingSeeder {
            seed: args.seed,
            property: &listing,
            index,
            guests,
            terms: &terms,
            now,
        }
        .fill(count, &mut batch)?;
        batch.properties.push(listing);
        progress.advance(1);
        if batch.properties.len() + 4 * batch.bookings.len() >= BATCH_ROWS {
            stored = add_counts(stored, importer.load(std::mem::take(&mut batch)).await?);
        }
    }
    stored = add_counts(stored, importer.load(batch).await?);
    progress.finish();
    Ok(stored)
}

async fn seed_users(
    args: &SeedArgs,
    role: &str,
    count: u32,
    importer: &dyn Importer,
    progress: &Progress,
    now: DateTime<Utc>,
) -> Result<ImportCounts, SeedError> {
    let mut stored = ImportCounts::default();
    let mut batch = ImportBatch::default();
    for index in 0..count {
        batch.users.push(user(args.seed, role, index, now)?);
        if batch.users.len() >= BATCH_ROWS {
            progress.set(index.into());
            stored = add_counts(stored, importer.load(std::mem::take(&mut batch)).await?);
        }
    }
    Ok(add_counts(stored, importer.load(batch).await?))
}
