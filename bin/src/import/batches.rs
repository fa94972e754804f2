//! Gathers what is read and stores it a few thousand rows at a time.

use std::collections::HashSet;

use chrono::NaiveDate;
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::property::{NightClaim, NightRules, Property};
use sojourn_domain::review::Review;
use sojourn_domain::shared::{PropertyId, StoreError, UserId};
use sojourn_domain::user::User;

/// Rows of a batch: large enough that a transaction's cost is shared, small enough to be held in memory.
const FULL: usize = 4_000;

pub(super) struct Batches<'a> {
    importer: &'a dyn Importer,
    batch: ImportBatch,
    size: usize,
    users: HashSet<UserId>,
    pub offered: ImportCounts,
    pub stored: ImportCounts,
}

impl<'a> Batches<'a> {
    pub fn new(importer: &'a dyn Importer) -> Self {
        let (offered, stored) = (ImportCounts::default(), ImportCounts::default());
        Self {
            importer,
            batch: ImportBatch::default(),
            size: 0,
            users: HashSet::new(),
            offered,
            stored,
        }
    }

    pub fn user(&mut self, user: User) {
        if self.users.insert(user.id) {
            self.offered.users += 1;
            self.size += 1;
            self.batch.users.push(user);
        }
    }

    pub fn property(&mut self, property: Property) {
        self.offered.properties += 1;
        self.size += 1;
        self.batch.properties.push(property);
    }

    pub fn rules(&mut self, id: PropertyId, date: NaiveDate, rules: NightRules) {
        self.offered.rules += 1;
        self.size += 1;
        self.batch.rules.push((id, date, rules));
    }

    pub fn claim(&mut self, id: PropertyId, claim: NightClaim) {
        self.offered.claims += 1;
        self.size += 1;
        self.batch.claims.push((id, claim));
    }

    pub fn review(&mut self, review: Review) {
        self.offered.reviews += 1;
        self.size += 1;
        self.batch.reviews.push(review);
    }

    /// Stores the batch when it is full.
    pub async fn store_if_full(&mut self) -> Result<(), StoreError> {
        if self.size >= FULL {
            self.store().await
        } else {
            Ok(())
        }
    }

    /// Stores what is left.
    pub async fn store(&mut self) -> Result<(), StoreError> {
        if self.size == 0 {
            return Ok(());
        }
        self.size = 0;
        self.users.clear();
        let new = self.importer.load(std::mem::take(&mut self.batch)).await?;
        self.stored = sum(self.stored, new);
        Ok(())
    }
}

pub(crate) fn sum(a: ImportCounts, b: ImportCounts) -> ImportCounts {
    ImportCounts {
        users: a.users + b.users,
        properties: a.properties + b.properties,
        rules: a.rules + b.rules,
        claims: a.claims + b.claims,
        bookings: a.bookings + b.bookings,
        payments: a.payments + b.payments,
        journal: a.journal + b.journal,
        reviews: a.reviews + b.reviews,
    }
}
