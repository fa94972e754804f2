//! Bulk import.

use async_trait::async_trait;
use sojourn_domain::booking::Booking;
use sojourn_domain::ledger::JournalEntry;
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{ImportedNight, NightClaim, Property};
use sojourn_domain::review::Review;
use sojourn_domain::shared::RepositoryError;
use sojourn_domain::user::User;

/// Rows to store, each only if its key is new; nights of calendars replace earlier ones. Ids of
/// imported rows are derived from their source,
/// so that importing twice changes nothing.
#[derive(Debug, Clone, Default)]
pub struct ImportBatch {
    /// Accounts.
    pub users: Vec<User>,
    /// Properties.
    pub properties: Vec<Property>,
    /// Nights of imported calendars. They replace what an earlier import said; nights that are
    /// sold or blocked here are left as they are.
    pub nights: Vec<ImportedNight>,
    /// Bookings with their night claims; the nights must be free.
    pub bookings: Vec<(Booking, Vec<NightClaim>)>,
    /// Payments of the bookings, with their payouts.
    pub payments: Vec<Payment>,
    /// Journal entries of the bookings and payments.
    pub journal: Vec<JournalEntry>,
    /// Reviews; published ones count towards the ratings.
    pub reviews: Vec<Review>,
}

/// Numbers of rows that were new or have changed, and of nights left as they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Accounts.
    pub users: u64,
    /// Properties.
    pub properties: u64,
    /// Dates whose price or stay limits have changed.
    pub rules: u64,
    /// Nights that became unavailable.
    pub claims: u64,
    /// Bookings.
    pub bookings: u64,
    /// Payments.
    pub payments: u64,
    /// Journal entries.
    pub journal: u64,
    /// Reviews.
    pub reviews: u64,
    /// Nights that became available.
    pub freed_nights: u64,
    /// Nights left as they were because they are sold here.
    pub sold_nights: u64,
    /// Nights left as they were because the host blocked them here.
    pub blocked_nights: u64,
    /// Nights whose price is in another currency than the property, and was ignored.
    pub foreign_prices: u64,
}

/// Imports many rows in one transaction.
#[async_trait]
pub trait Importer: Send + Sync {
    /// Stores the new rows of a batch, or none after any failure.
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, RepositoryError>;
}
