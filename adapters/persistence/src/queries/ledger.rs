//! Reads of the books.

use async_trait::async_trait;
use diesel::prelude::*;
use sojourn_application::ports::{
    HostBalance, JournalFilter, LedgerQueries, PayoutFilter, PayoutView,
};
use sojourn_domain::ledger::{Debt, Dossier, Finding, JournalEntry, Postings};
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{BookingId, Currency, Page, PageRequest, StoreError, UserId};

use super::{books, dossiers, journal_pages, payout_pages, stray};
use crate::database::Database;
use crate::dialect::read_tx;
use crate::schema::marketplace::bookings;

#[async_trait]
impl LedgerQueries for Database {
    async fn entries(
        &self,
        filter: JournalFilter,
        page: PageRequest,
    ) -> Result<Page<JournalEntry>, StoreError> {
        self.read(move |conn| journal_pages::entries(conn, filter, &page))
            .await
    }

    async fn balances(&self) -> Result<Vec<Postings>, StoreError> {
        self.read(books::balances).await
    }

    async fn host_balances(&self, host: UserId) -> Result<Vec<HostBalance>, StoreError> {
        self.run(move |conn| read_tx(conn, |conn| books::of_host(conn, host)))
            .await
    }

    async fn debts(
        &self,
        host: UserId,
        currency: Currency,
    ) -> Result<(Vec<Debt>, HostAccount), StoreError> {
        self.run(move |conn| read_tx(conn, |conn| books::debts(conn, host, currency)))
            .await
    }

    async fn payouts(
        &self,
        filter: PayoutFilter,
        page: PageRequest,
    ) -> Result<Page<PayoutView>, StoreError> {
        self.read(move |conn| payout_pages::payouts(conn, filter, &page))
            .await
    }

    async fn dossiers(
        &self,
        after: Option<BookingId>,
        limit: u32,
    ) -> Result<Vec<Dossier>, StoreError> {
        self.run(move |conn| read_tx(conn, |conn| dossiers::load(conn, after, limit)))
            .await
    }

    async fn count_bookings(&self) -> Result<u64, StoreError> {
        self.read(|conn| {
            let count: i64 = bookings::table.count().get_result(conn)?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
        .await
    }

    async fn stray_findings(&self) -> Result<Vec<Finding>, StoreError> {
        self.run(move |conn| read_tx(conn, stray::findings)).await
    }
}
