//! The import of a batch in one transaction.

use std::sync::Arc;

use async_trait::async_trait;
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::shared::RepositoryError;

use super::bookings::load_bookings;
use super::calendars::load_nights;
use super::existing::total;
use super::payments::load_payments;
use super::properties::load_properties;
use super::reviews::load_reviews;
use super::users::load_users;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::journal::insert::insert_new_entries;

#[async_trait]
impl Importer for Database {
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, RepositoryError> {
        let batch = Arc::new(batch);
        self.write(move |conn| load(conn, &batch)).await
    }
}

fn load(conn: &mut AnyConnection, batch: &ImportBatch) -> Result<ImportCounts, TxError> {
    let users = load_users(conn, &batch.users)?;
    let properties = load_properties(conn, &batch.properties)?;
    let bookings = load_bookings(conn, &batch.bookings)?;
    let nights = load_nights(conn, &batch.nights)?;
    Ok(ImportCounts {
        users,
        properties,
        bookings,
        payments: load_payments(conn, &batch.payments)?,
        journal: total(insert_new_entries(conn, &batch.journal)?),
        reviews: load_reviews(conn, &batch.reviews)?,
        ..nights
    })
}
