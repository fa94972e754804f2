//! Work that follows from stored data: timers, payouts, reviews and gateway calls.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use futures_util::future::pending;
use sojourn_domain::shared::{BookingId, PaymentId, RepositoryError, ReviewId};
use uuid::Uuid;

use crate::jobs::handoff::Handoff;
use crate::jobs::process_due_booking::process_due_booking;
use crate::jobs::publish_due_review::publish_due_review;
use crate::jobs::retry_refund::retry_refund;
use crate::jobs::send_due_payouts::send_due_payouts;
use crate::jobs::work::{Work, WorkError, WorkItem};
use crate::payment::{DispatchError, dispatch};
use crate::ports::{Backoff, JobKind, Ports};

/// Delay of work that waits for something else.
const RECHECK: Backoff = Backoff::constant(TimeDelta::seconds(3));

/// Delays after a database error that concerned a single subject.
const UNAVAILABLE: Backoff = Backoff {
    first: TimeDelta::seconds(2),
    longest: TimeDelta::minutes(1),
    attempts: None,
};

/// Delays of gateway calls. They are retried for ever: money must not be left in doubt.
const GATEWAY: Backoff = Backoff {
    first: TimeDelta::seconds(2),
    longest: TimeDelta::minutes(1),
    attempts: None,
};

/// Delays after a defect: 15 s, 30 s, 1 min …, ten attempts in all.
const DEFECT: Backoff = Backoff {
    first: TimeDelta::seconds(15),
    longest: TimeDelta::hours(1),
    attempts: Some(10),
};

/// Delays of refunds that the gateway refuses. They are retried for ever: the guest is owed them.
const REFUSED_REFUND: Backoff = Backoff {
    first: TimeDelta::minutes(2),
    longest: TimeDelta::days(1),
    attempts: None,
};

/// Work of one kind on bookings, payments or reviews. Failures are recorded for each subject. No
/// kinds but [`JobKind::GatewayCall`] and [`JobKind::Refund`] call the gateway; the others hand their
/// calls over to the first.
pub struct SubjectWork {
    ports: Ports,
    kind: JobKind,
    handoff: Arc<Handoff>,
}

impl SubjectWork {
    /// Work of this kind; all kinds of a worker share one handoff.
    #[must_use]
    pub const fn new(ports: Ports, kind: JobKind, handoff: Arc<Handoff>) -> Self {
        Self {
            ports,
            kind,
            handoff,
        }
    }

    /// The payments whose gateway calls were handed over, if this is the kind that makes them.
    fn handed_over(&self, limit: usize) -> Vec<Uuid> {
        match self.kind {
            JobKind::GatewayCall => self.handoff.take(limit),
            _ => Vec::new(),
        }
    }
}

#[async_trait]
impl Work for SubjectWork {
    fn kind(&self) -> JobKind {
        self.kind
    }

    async fn take(
        &self,
        limit: usize,
        running: &HashSet<Uuid>,
    ) -> Result<Vec<WorkItem>, RepositoryError> {
        let mut taken: Vec<_> = self
            .handed_over(limit)
            .into_iter()
            .filter(|id| !running.contains(id))
            .map(|id| WorkItem::Subject(id, 0))
            .collect();
        let wanted = u32::try_from(limit.saturating_add(running.len())).unwrap_or(u32::MAX);
        let now = self.ports.clock.now();
        for subject in self.ports.due_work.due(self.kind, now, wanted).await? {
            let known = taken.iter().any(|item| item.id() == subject.id);
            if taken.len() < limit && !known && !running.contains(&subject.id) {
                taken.push(WorkItem::Subject(subject.id, subject.failures));
            }
        }
        Ok(taken)
    }

    async fn attempt(&self, item: &WorkItem) -> Result<(), WorkError> {
        let (ports, id, handoff) = (&self.ports, item.id(), self.handoff.as_ref());
        match self.kind {
            JobKind::BookingTimer => process_due_booking(ports, BookingId::new(id), handoff).await,
            JobKind::Payout => send_due_payouts(ports, PaymentId::new(id), handoff).await,
            JobKind::Refund => retry_refund(ports, PaymentId::new(id)).await,
            JobKind::Review => publish_due_review(ports, ReviewId::new(id)).await,
            JobKind::GatewayCall => match dispatch(ports, PaymentId::new(id)).await {
                Ok(_) => Ok(()),
                Err(DispatchError::Unavailable) => Err(WorkError::Unavailable(
                    DispatchError::Unavailable.to_string(),
                )),
                Err(DispatchError::Store(error)) => Err(error.into()),
            },
            JobKind::Email | JobKind::CleanUp => {
                Err(WorkError::Failed(format!("{} has no subjects", self.kind)))
            }
        }
    }

    async fn record(
        &self,
        item: WorkItem,
        outcome: Result<(), WorkError>,
    ) -> Result<(), RepositoryError> {
        let WorkItem::Subject(id, failures) = item else {
            return Ok(());
        };
        let due_work = &self.ports.due_work;
        let Err(error) = outcome else {
            return match failures {
                0 => Ok(()),
                _ => due_work.resolved(self.kind, id).await,
            };
        };
        let backoff = match (&error, self.kind) {
            (WorkError::NotYet(_), _) => RECHECK,
            (_, JobKind::GatewayCall) => GATEWAY,
            (WorkError::Unavailable(_) | WorkError::TimedOut, _) => UNAVAILABLE,
            (WorkError::Failed(_) | WorkError::Panicked, JobKind::Refund) => REFUSED_REFUND,
            (WorkError::Failed(_) | WorkError::Panicked, _) => DEFECT,
        };
        let now = self.ports.clock.now();
        let retry_at = due_work
            .put_off(self.kind, id, error.to_string(), backoff, now)
            .await?;
        report(self.kind, id, &error, retry_at.is_none());
        Ok(())
    }

    async fn renew(&self, _running: &HashSet<Uuid>) -> Result<(), RepositoryError> {
        Ok(())
    }

    async fn wake(&self) {
        match self.kind {
            JobKind::GatewayCall => self.handoff.arrived().await,
            _ => pending::<()>().await,
        }
    }
}

fn report(kind: JobKind, subject: Uuid, error: &WorkError, set_aside: bool) {
    match error {
        WorkError::NotYet(_) => tracing::debug!(%kind, %subject, %error, "work was put off"),
        WorkError::Unavailable(_) | WorkError::TimedOut => {
            tracing::warn!(%kind, %subject, %error, "work was put off");
        }
        WorkError::Failed(_) | WorkError::Panicked => {
            tracing::error!(%kind, %subject, %error, set_aside, "work failed");
        }
    }
}
