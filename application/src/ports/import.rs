//! Bulk import.

use async_trait::async_trait;
use chrono::NaiveDate;
use sojourn_domain::booking::Booking;
use sojourn_domain::ledger::JournalEntry;
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{NightClaim, NightRules, Property};
use sojourn_domain::review::Review;
use sojourn_domain::shared::{PropertyId, RepositoryError};
use sojourn_domain::user::User;

/// Rows to store, each only if its key is new. Ids of imported rows are derived from their source,
/// so that importing twice changes nothing.
#[derive(Debug, Clone, Default)]
pub struct ImportBatch {
    /// Accounts.
    pub users: Vec<User>,
    /// Properties.
    pub properties: Vec<Property>,
    /// Calendar rules per date.
    pub rules: Vec<(PropertyId, NaiveDate, NightRules)>,
    /// Night claims without a booking in the batch; skipped if the night is taken.
    pub claims: Vec<(PropertyId, NightClaim)>,
    /// Bookings with their night claims; the nights must be free.
    pub bookings: Vec<(Booking, Vec<NightClaim>)>,
    /// Payments of the bookings, with their payouts.
    pub payments: Vec<Payment>,
    /// Journal entries of the bookings and payments.
    pub journal: Vec<JournalEntry>,
    /// Reviews; published ones count towards the ratings.
    pub reviews: Vec<Review>,
}

/// Numbers of rows that were new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Accounts.
    pub users: u64,
    /// Properties.
    pub properties: u64,
    /// Calendar rules.
    pub rules: u64,
    /// Night claims.
    pub claims: u64,
    /// Bookings.
    pub bookings: u64,
    /// Payments.
    pub payments: u64,
    /// Journal entries.
    pub journal: u64,
    /// Reviews.
    pub reviews: u64,
}

/// Imports many rows in one transaction.
#[async_trait]
pub trait Importer: Send + Sync {
    /// Stores the new rows of a batch, or none after any failure.
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, RepositoryError>;
}
