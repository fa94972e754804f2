//! Collects rows and stores them in batches.

use std::collections::HashSet;

use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::property::{ImportedNight, Property};
use sojourn_domain::review::Review;
use sojourn_domain::shared::{RepositoryError, UserId};
use sojourn_domain::user::User;

/// Rows in a batch: enough to share the cost of a transaction, few enough for memory.
const BATCH_ROWS: usize = 4_000;

pub(super) struct BatchWriter<'a> {
    importer: &'a dyn Importer,
    batch: ImportBatch,
    size: usize,
    users: HashSet<UserId>,
    pub attempted: ImportCounts,
    pub stored: ImportCounts,
}

impl<'a> BatchWriter<'a> {
    pub fn new(importer: &'a dyn Importer) -> Self {
        Self {
            importer,
            batch: ImportBatch::default(),
            size: 0,
            users: HashSet::new(),
            attempted: ImportCounts::default(),
            stored: ImportCounts::default(),
        }
    }

    pub fn user(&mut self, user: User) {
        if self.users.insert(user.id) {
            self.attempted.users += 1;
            self.size += 1;
            self.batch.users.push(user);
        }
    }

    pub fn property(&mut self, property: Property) {
        self.attempted.properties += 1;
        self.size += 1;
        self.batch.properties.push(property);
    }

    pub fn night(&mut self, night: ImportedNight) {
        self.size += 1;
        self.batch.nights.push(night);
    }

    pub fn review(&mut self, review: Review) {
        self.attempted.reviews += 1;
        self.size += 1;
        self.batch.reviews.push(review);
    }

    /// Stores the batch if it is full.
    pub async fn store_if_full(&mut self) -> Result<(), RepositoryError> {
        if self.size >= BATCH_ROWS {
            self.store().await
        } else {
            Ok(())
        }
    }

    /// Stores the remaining rows.
    pub async fn store(&mut self) -> Result<(), RepositoryError> {
        if self.size == 0 {
            return Ok(());
        }
        self.size = 0;
        self.users.clear();
        let new = self.importer.load(std::mem::take(&mut self.batch)).await?;
        self.stored = add_counts(self.stored, new);
        Ok(())
    }
}

pub(crate) fn add_counts(a: ImportCounts, b: ImportCounts) -> ImportCounts {
    ImportCounts {
        users: a.users + b.users,
        properties: a.properties + b.properties,
        rules: a.rules + b.rules,
        claims: a.claims + b.claims,
        bookings: a.bookings + b.bookings,
        payments: a.payments + b.payments,
        journal: a.journal + b.journal,
        reviews: a.reviews + b.reviews,
        freed_nights: a.freed_nights + b.freed_nights,
        sold_nights: a.sold_nights + b.sold_nights,
        blocked_nights: a.blocked_nights + b.blocked_nights,
        foreign_prices: a.foreign_prices + b.foreign_prices,
    }
}
