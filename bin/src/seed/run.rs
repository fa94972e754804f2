//! Makes the marketplace batch by batch: memory does not grow with its size.

use chrono::{DateTime, Utc};
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::booking::{MoveError, PriceError};
use sojourn_domain::ledger::SettlementError;
use sojourn_domain::payment::PaymentError;
use sojourn_domain::review::ReviewError;
use sojourn_domain::shared::{MarketplaceTerms, StoreError};

use super::SeedArgs;
use super::booking::{Desk, days_back};
use super::people::user;
use super::place::{hosts, property};
use crate::import::sum;
use crate::progress::Progress;

/// Rows of a batch.
const FULL: usize = 2_000;
/// The most bookings that the years from 1970 to 2200 hold for one property, with room to spare.
const PER_PROPERTY: u32 = 2_000;

/// Why seeding stops. What was stored before stays, and is passed over when it is run again.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// More bookings than the properties have nights for.
    #[error("at most {PER_PROPERTY} bookings a property, and none without one")]
    TooManyBookings,
    /// What was made up breaks a rule of the marketplace: a defect.
    #[error("the seeder made something that the marketplace does not allow")]
    Rule,
    /// A stay has no price: a defect.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// A booking cannot be moved: a defect.
    #[error(transparent)]
    Booking(#[from] MoveError),
    /// A payment cannot be moved: a defect.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The money does not follow the booking: a defect.
    #[error(transparent)]
    Settlement(#[from] SettlementError),
    /// A stay cannot be reviewed: a defect.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fills the store with a synthetic marketplace: hosts, guests, listed properties in cities around the world, and
/// bookings that share no night, half of them past (completed, paid, the host paid, most reviewed), half to come
/// (confirmed, paid). Every booking has its journal. Ids follow from the seed, so that seeding twice adds nothing.
///
/// # Errors
/// [`SeedError`].
pub async fn seed(
    args: SeedArgs,
    importer: &dyn Importer,
    now: DateTime<Utc>,
) -> Result<ImportCounts, SeedError> {
    if u64::from(args.bookings) > u64::from(args.properties) * u64::from(PER_PROPERTY) {
        return Err(SeedError::TooManyBookings);
    }
    let progress = Progress::to_terminal();
    let guests = if args.bookings == 0 {
        0
    } else {
        (args.bookings / 4).clamp(10, 1_000_000)
    };
    let mut stored = ImportCounts::default();
    for (role, count) in [("host", hosts(args.properties)), ("guest", guests)] {
        progress.begin(role, Some(count.into()));
        stored = sum(
            stored,
            people(&args, role, count, importer, &progress, now).await?,
        );
    }
    progress.begin("properties and bookings", Some(args.properties.into()));
    let terms = MarketplaceTerms::default();
    let (each, more) = (
        args.bookings / args.properties.max(1),
        args.bookings % args.properties.max(1),
    );
    let mut batch = ImportBatch::default();
    for index in 0..args.properties {
        let count = each + u32::from(index < more);
        let place = property(args.seed, index, days_back(count.div_ceil(2)), now)?;
        Desk {
            seed: args.seed,
            property: &place,
            index,
            guests,
            terms: &terms,
            now,
        }
        .fill(count, &mut batch)?;
        batch.properties.push(place);
        progress.advance(1);
        if batch.properties.len() + 4 * batch.bookings.len() >= FULL {
            stored = sum(stored, importer.load(std::mem::take(&mut batch)).await?);
        }
    }
    stored = sum(stored, importer.load(batch).await?);
    progress.finish();
    Ok(stored)
}

async fn people(
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
        if batch.users.len() >= FULL {
            progress.set(index.into());
            stored = sum(stored, importer.load(std::mem::take(&mut batch)).await?);
        }
    }
    Ok(sum(stored, importer.load(batch).await?))
}
