//! Queries of the ledger.

use async_trait::async_trait;
use sojourn_application::ports::{
    HostBalance, JournalFilter, LedgerQueries, PayoutFilter, PayoutView, SnapshotPage,
};
use sojourn_domain::ledger::{Finding, HostDebt, JournalEntry, Postings};
use sojourn_domain::payment::HostAccount;
use sojourn_domain::shared::{BookingId, Currency, Page, PageRequest, RepositoryError, UserId};

use super::balances::{host_balances, sum_journal};
use super::booking_snapshots::load_snapshots;
use super::debts::find_debts;
use super::integrity::find_problems;
use super::journal_queries::list_entries;
use crate::booking::queries::count_bookings;
use crate::engine::database::Database;
use crate::payout::queries::list_payouts;

#[async_trait]
impl LedgerQueries for Database {
    async fn entries(
        &self,
        filter: JournalFilter,
        page: PageRequest,
    ) -> Result<Page<JournalEntry>, RepositoryError> {
        self.read(move |conn| list_entries(conn, filter, &page))
            .await
    }

    async fn balances(&self) -> Result<Vec<Postings>, RepositoryError> {
        self.read(sum_journal).await
    }

    async fn host_balances(&self, host: UserId) -> Result<Vec<HostBalance>, RepositoryError> {
        self.read(move |conn| host_balances(conn, host)).await
    }

    async fn debts(
        &self,
        host: UserId,
        currency: Currency,
    ) -> Result<(Vec<HostDebt>, HostAccount), RepositoryError> {
        self.read_consistently(move |conn| find_debts(conn, host, currency))
            .await
    }

    async fn payouts(
        &self,
        filter: PayoutFilter,
        page: PageRequest,
    ) -> Result<Page<PayoutView>, RepositoryError> {
        self.read(move |conn| list_payouts(conn, filter, &page))
            .await
    }

    async fn booking_snapshots(
        &self,
        after: Option<BookingId>,
        limit: u32,
    ) -> Result<SnapshotPage, RepositoryError> {
        self.read_consistently(move |conn| load_snapshots(conn, after, limit))
            .await
    }

    async fn count_bookings(&self) -> Result<u64, RepositoryError> {
        self.read(count_bookings).await
    }

    async fn orphan_findings(&self) -> Result<Vec<Finding>, RepositoryError> {
        self.read_consistently(find_problems).await
    }
}
