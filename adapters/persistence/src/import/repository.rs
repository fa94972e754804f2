//! The import of a batch in one transaction.

use std::sync::Arc;

use async_trait::async_trait;
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::shared::RepositoryError;

use super::bookings::load_bookings;
use super::calendars::{load_claims, load_rules};
use super::existing::total;
use super::payments::load_payments;
use super::properties::load_properties;
use super::reviews::load_reviews;
use super::users::load_users;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::ledger::journal::insert_new_entries;

#[async_trait]
impl Importer for Database {
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, RepositoryError> {
        let batch = Arc::new(batch);
        self.write(move |conn| load(conn, &batch)).await
    }
}

fn load(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<ImportCounts, TxError> {
    Ok(ImportCounts {
        users: load_users(conn, &batch.users)?,
        properties: load_properties(conn, &batch.properties)?,
        rules: load_rules(conn, &batch.rules)?,
        bookings: load_bookings(conn, &batch.bookings)?,
        claims: load_claims(conn, &batch.claims)?,
        payments: load_payments(conn, &batch.payments)?,
        journal: total(insert_new_entries(conn, &batch.journal)?),
        reviews: load_reviews(conn, &batch.reviews)?,
    })
}
