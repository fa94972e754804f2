//! Loading many things at once.

use async_trait::async_trait;
use chrono::NaiveDate;
use sojourn_domain::booking::Booking;
use sojourn_domain::ledger::JournalEntry;
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{NightClaim, NightRules, Property};
use sojourn_domain::review::Review;
use sojourn_domain::shared::{PropertyId, StoreError};
use sojourn_domain::user::User;

/// Things to store, each only if its key is not there yet. Ids of imported things are derived from their source,
/// so that loading them twice changes nothing.
#[derive(Debug, Clone, Default)]
pub struct ImportBatch {
    /// Accounts.
    pub users: Vec<User>,
    /// Properties.
    pub properties: Vec<Property>,
    /// Rules of dates.
    pub rules: Vec<(PropertyId, NaiveDate, NightRules)>,
    /// Claims on nights that belong to no booking of the batch; one whose night is taken is passed over.
    pub claims: Vec<(PropertyId, NightClaim)>,
    /// Bookings, each with the claims it makes; their nights must be free.
    pub bookings: Vec<(Booking, Vec<NightClaim>)>,
    /// Payments of those bookings, with their payouts.
    pub payments: Vec<Payment>,
    /// What those bookings and payments post.
    pub journal: Vec<JournalEntry>,
    /// Reviews; published ones count in the ratings of those they are of.
    pub reviews: Vec<Review>,
}

/// How many rows were new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Accounts.
    pub users: u64,
    /// Properties.
    pub properties: u64,
    /// Rules of dates.
    pub rules: u64,
    /// Claims.
    pub claims: u64,
    /// Bookings.
    pub bookings: u64,
    /// Payments.
    pub payments: u64,
    /// Entries of the journal.
    pub journal: u64,
    /// Reviews.
    pub reviews: u64,
}

/// Loads many things in one transaction.
#[async_trait]
pub trait Importer: Send + Sync {
    /// Stores what is new of a batch, or nothing when anything fails.
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, StoreError>;
}
