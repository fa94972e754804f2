//! Rounds of the worker over the in-memory repositories.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_domain::booking::BookingRepository;
use sojourn_domain::payment::PaymentRepository;
use sojourn_domain::shared::{PaymentId, RepositoryError};
use uuid::Uuid;

use super::in_memory::InMemoryRepositories;
use crate::jobs::{Handoff, SubjectWork, Work as _};
use crate::ports::{
    ANSWER_TIMEOUT, Backoff, DueSubject, DueWork, JobKind, Ports, REFUND_RETRY_DELAY,
};

const LIMIT: u32 = 100;

/// Processes due bookings, and dispatches the gateway calls that follow. Returns the number of
/// successful attempts.
pub(crate) async fn process_due_bookings(ports: &Ports) -> Result<usize, RepositoryError> {
    round(ports, JobKind::BookingTimer).await
}

/// Sends due payouts; see [`process_due_bookings`].
pub(crate) async fn send_due_payouts(ports: &Ports) -> Result<usize, RepositoryError> {
    round(ports, JobKind::Payout).await
}

/// Retries gateway calls; see [`process_due_bookings`].
pub(crate) async fn retry_gateway_calls(ports: &Ports) -> Result<usize, RepositoryError> {
    round(ports, JobKind::GatewayCall).await
}

/// Retries refused refunds; see [`process_due_bookings`].
pub(crate) async fn retry_refunds(ports: &Ports) -> Result<usize, RepositoryError> {
    round(ports, JobKind::Refund).await
}

async fn round(ports: &Ports, kind: JobKind) -> Result<usize, RepositoryError> {
    let handoff = Arc::new(Handoff::default());
    let work = SubjectWork::new(ports.clone(), kind, Arc::clone(&handoff));
    let mut done = 0;
    for item in work.take(LIMIT as usize, &HashSet::new()).await? {
        let outcome = work.attempt(&item).await;
        done += usize::from(outcome.is_ok());
        work.record(item, outcome).await?;
    }
    for payment in handoff.take(LIMIT as usize) {
        let _retried_later = crate::payment::dispatch(ports, PaymentId::new(payment)).await;
    }
    Ok(done)
}

#[async_trait]
impl DueWork for InMemoryRepositories {
    async fn due(
        &self,
        kind: JobKind,
        now: DateTime<Utc>,
        _: u32,
    ) -> Result<Vec<DueSubject>, RepositoryError> {
        let ids: Vec<Uuid> = match kind {
            JobKind::BookingTimer => {
                let due = BookingRepository::due(self, now, LIMIT).await?;
                due.iter().map(|booking| booking.id.uuid()).collect()
            }
            JobKind::GatewayCall => {
                let before = now - ANSWER_TIMEOUT;
                let open = self.with_pending_calls(before, LIMIT).await?;
                open.iter().map(|payment| payment.id.uuid()).collect()
            }
            JobKind::Payout => {
                let due = self.payouts_due(now, LIMIT).await?;
                due.iter().map(|payment| payment.id.uuid()).collect()
            }
            JobKind::Refund => {
                let owed = self.refunds_owed(now - REFUND_RETRY_DELAY);
                owed.iter().map(|payment| payment.uuid()).collect()
            }
            JobKind::Email | JobKind::Review | JobKind::CleanUp => Vec::new(),
        };
        let subject = |id| DueSubject { id, failures: 0 };
        Ok(ids.into_iter().map(subject).collect())
    }

    async fn put_off(
        &self,
        _: JobKind,
        _: Uuid,
        _: String,
        backoff: Backoff,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, RepositoryError> {
        Ok(backoff.retry_at(1, now))
    }

    async fn resolved(&self, _: JobKind, _: Uuid) -> Result<(), RepositoryError> {
        Ok(())
    }

    async fn forget_resolved(&self, _: DateTime<Utc>) -> Result<usize, RepositoryError> {
        Ok(0)
    }
}
