//! In-memory repositories that check versions, nights and the journal like the real ones, and a
//! payment gateway. Each call yields to other tasks, so that concurrent use cases interleave.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, BookingCommitError, BookingRepository};
use sojourn_domain::ledger::{Finding, HostDebt, JournalEntry, Postings};
use sojourn_domain::payment::{
    GatewayOutcome, HostAccount, Payment, PaymentChange, PaymentRepository, PayoutStatus,
};
use sojourn_domain::shared::{
    BookingId, CommitError, Currency, Page, PageRequest, PaymentId, RepositoryError, UserId,
};
use tokio::task::yield_now;

use super::marketplace::{InMemoryMarketplace, State};
use crate::ports::{
    GatewayError, GatewayRequest, HostBalance, JournalFilter, LedgerQueries, PaymentGateway,
    PayoutFilter, PayoutView, SnapshotPage,
};

/// All repositories over one in-memory state.
pub(crate) struct InMemoryRepositories(pub(crate) InMemoryMarketplace);

impl InMemoryRepositories {
    /// Payments that have owed a refused refund since this instant or longer.
    pub(super) fn refunds_owed(&self, since: DateTime<Utc>) -> Vec<PaymentId> {
        let state = self.0.lock().unwrap();
        let owed = |it: &&Payment| it.refund_owed_since.is_some_and(|at| at <= since);
        let owed = state.payments.values().filter(owed);
        owed.map(|it| it.id).collect()
    }

    async fn read<T>(&self, of: impl FnOnce(&State) -> T) -> Result<T, RepositoryError> {
        yield_now().await;
        Ok(of(&self.0.lock().unwrap()))
    }

    async fn write<T>(&self, to: impl FnOnce(&mut State) -> T) -> T {
        yield_now().await;
        to(&mut self.0.lock().unwrap())
    }
}

#[async_trait]
impl BookingRepository for InMemoryRepositories {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, RepositoryError> {
        self.read(|state| state.bookings.get(&id).cloned()).await
    }

    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, RepositoryError> {
        self.read(|state| {
            state
                .bookings
                .get(&id)
                .cloned()
                .map(|booking| (booking, state.payment_of(id)))
        })
        .await
    }

    async fn of_payment(
        &self,
        id: PaymentId,
    ) -> Result<Option<(Booking, Payment)>, RepositoryError> {
        self.read(|state| {
            let payment = state.payments.get(&id)?;
            Some((
                state.bookings.get(&payment.booking_id)?.clone(),
                payment.clone(),
            ))
        })
        .await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), BookingCommitError> {
        self.write(|state| state.store(change)).await
    }

    async fn due(&self, now: DateTime<Utc>, _: u32) -> Result<Vec<Booking>, RepositoryError> {
        let due = |it: &&Booking| it.due_at().is_some_and(|due| due <= now);
        self.read(|state| state.bookings.values().filter(due).cloned().collect())
            .await
    }
}

#[async_trait]
impl PaymentRepository for InMemoryRepositories {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, RepositoryError> {
        self.read(|state| state.payments.get(&id).cloned()).await
    }

    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError> {
        self.write(|state| state.store_payment(change)).await
    }

    async fn with_pending_calls(
        &self,
        before: DateTime<Utc>,
        _: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        let open = |it: &&Payment| it.pending_calls.iter().any(|call| call.at < before);
        self.read(|state| state.payments.values().filter(open).cloned().collect())
            .await
    }

    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        _: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        let due = |it: &&Payment| {
            it.payouts
                .iter()
                .any(|it| it.status == PayoutStatus::Scheduled && it.due_at <= now)
        };
        self.read(|state| state.payments.values().filter(due).cloned().collect())
            .await
    }
}

#[async_trait]
impl PaymentGateway for InMemoryRepositories {
    async fn call(&self, request: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        yield_now().await;
        let responder = self.0.lock().unwrap().responder.take();
        self.0
            .lock()
            .unwrap()
            .gateway_requests
            .push(request.clone());
        if let Some(mut responder) = responder {
            return responder(&request);
        }
        Ok(GatewayOutcome::Succeeded {
            reference: format!("ref_{}", request.idempotency_key),
        })
    }
}

#[async_trait]
impl LedgerQueries for InMemoryRepositories {
    async fn entries(
        &self,
        filter: JournalFilter,
        _: PageRequest,
    ) -> Result<Page<JournalEntry>, RepositoryError> {
        let fits = |entry: &&JournalEntry| {
            filter.host.is_none_or(|host| host == entry.host_id)
                && filter
                    .account
                    .is_none_or(|account| !entry.postings.on(account).is_zero())
        };
        let data = self
            .read(|state| state.journal.iter().rev().filter(fits).copied().collect())
            .await?;
        Ok(Page { data, next: None })
    }

    async fn balances(&self) -> Result<Vec<Postings>, RepositoryError> {
        self.read(|state| {
            state
                .journal
                .iter()
                .map(|entry| entry.postings)
                .collect::<Vec<_>>()
        })
        .await
        .map(|all| {
            all.into_iter()
                .reduce(|sum, next| sum.checked_add(&next).unwrap())
                .into_iter()
                .collect()
        })
    }

    async fn host_balances(&self, _: UserId) -> Result<Vec<HostBalance>, RepositoryError> {
        Err(RepositoryError::Internal(
            "not supported by the in-memory queries".to_owned(),
        ))
    }

    async fn debts(
        &self,
        host: UserId,
        currency: Currency,
    ) -> Result<(Vec<HostDebt>, HostAccount), RepositoryError> {
        self.read(|state| (state.debts(host), state.account(host, currency)))
            .await
    }

    async fn payouts(
        &self,
        _: PayoutFilter,
        _: PageRequest,
    ) -> Result<Page<PayoutView>, RepositoryError> {
        Err(RepositoryError::Internal(
            "not supported by the in-memory queries".to_owned(),
        ))
    }

    async fn booking_snapshots(
        &self,
        after: Option<BookingId>,
        limit: u32,
    ) -> Result<SnapshotPage, RepositoryError> {
        let mut all = self.read(State::booking_snapshots).await?;
        all.sort_by_key(|snapshot| snapshot.booking.id);
        all.retain(|snapshot| after.is_none_or(|after| snapshot.booking.id > after));
        all.truncate(limit as usize);
        Ok(SnapshotPage {
            last: all.last().map(|snapshot| snapshot.booking.id),
            snapshots: all,
            damaged: Vec::new(),
        })
    }

    async fn count_bookings(&self) -> Result<u64, RepositoryError> {
        self.read(|state| state.bookings.len() as u64).await
    }

    async fn orphan_findings(&self) -> Result<Vec<Finding>, RepositoryError> {
        Ok(Vec::new())
    }
}
