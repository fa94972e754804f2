//! Ports that stop at a named point, for good: there the process is killed.

use std::collections::HashSet;
use std::future::pending;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_application::ports::{Charge, GatewayError, PaymentGateway, Ports};
use sojourn_domain::booking::{Booking, BookingChange, BookingRepository};
use sojourn_domain::payment::{
    CallKind, GatewayOutcome, Payment, PaymentChange, PaymentRepository,
};
use sojourn_domain::shared::{BookingId, CommitError, PaymentId, StoreError};

/// Where money moves: decided and stored, asked, answered, stored, told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The call is stored, and the provider not asked.
    IntentStored,
    /// The provider has done it, and its answer does not reach us.
    ProviderAsked,
    /// The answer reached us, and is not stored.
    AnswerReturned,
    /// The answer is stored, and nobody was told.
    OutcomeStored,
}

impl Point {
    pub const ALL: [Self; 4] = [
        Self::IntentStored,
        Self::ProviderAsked,
        Self::AnswerReturned,
        Self::OutcomeStored,
    ];

    pub fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|point| format!("{point:?}") == name)
            .unwrap()
    }
}

/// Stops at a point of the calls of one kind.
pub struct Stop {
    pub at: Point,
    pub kind: CallKind,
    /// Made when the point is reached.
    pub marker: PathBuf,
    answered: Mutex<HashSet<String>>,
}

impl Stop {
    pub fn new(at: Point, kind: CallKind, marker: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            at,
            kind,
            marker,
            answered: Mutex::default(),
        })
    }

    /// The ports with this in their way.
    pub fn around(self: &Arc<Self>, ports: Ports) -> Ports {
        let stop = || Arc::clone(self);
        Ports {
            gateway: Arc::new(Stopping {
                inner: ports.gateway,
                stop: stop(),
            }),
            bookings: Arc::new(Stopping {
                inner: ports.bookings,
                stop: stop(),
            }),
            payments: Arc::new(Stopping {
                inner: ports.payments,
                stop: stop(),
            }),
            ..ports
        }
    }

    async fn forever_if(&self, here: bool) {
        if here {
            std::fs::write(&self.marker, b"").unwrap();
            pending::<()>().await;
        }
    }

    fn note(&self, key: String) {
        self.answered.lock().unwrap().insert(key);
    }

    /// Whether it stores what the provider answered.
    fn is_outcome(&self, payment: Option<&Payment>) -> bool {
        let answered = self.answered.lock().unwrap();
        payment.is_some_and(|payment| {
            payment
                .entries
                .iter()
                .any(|entry| answered.contains(&entry.id.to_string()))
        })
    }
}

struct Stopping<T: ?Sized> {
    inner: Arc<T>,
    stop: Arc<Stop>,
}

impl<T: ?Sized> Stopping<T> {
    async fn commit(
        &self,
        payment: Option<&Payment>,
        commit: impl Future<Output = Result<(), CommitError>>,
    ) -> Result<(), CommitError> {
        let outcome = self.stop.is_outcome(payment);
        self.stop
            .forever_if(outcome && self.stop.at == Point::AnswerReturned)
            .await;
        let done = commit.await;
        self.stop
            .forever_if(outcome && done.is_ok() && self.stop.at == Point::OutcomeStored)
            .await;
        done
    }
}

#[async_trait]
impl PaymentGateway for Stopping<dyn PaymentGateway> {
    async fn call(&self, charge: Charge) -> Result<GatewayOutcome, GatewayError> {
        let (watched, key) = (
            charge.kind == self.stop.kind,
            charge.idempotency_key.clone(),
        );
        self.stop
            .forever_if(watched && self.stop.at == Point::IntentStored)
            .await;
        let answer = self.inner.call(charge).await;
        self.stop
            .forever_if(watched && self.stop.at == Point::ProviderAsked)
            .await;
        if watched {
            self.stop.note(key);
        }
        answer
    }
}

#[async_trait]
impl BookingRepository for Stopping<dyn BookingRepository> {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, StoreError> {
        self.inner.get(id).await
    }

    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, StoreError> {
        self.inner.with_payment(id).await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), CommitError> {
        let payment = change.payment.clone();
        Stopping::commit(self, payment.as_ref(), self.inner.commit(change)).await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, StoreError> {
        self.inner.due(now, limit).await
    }
}

#[async_trait]
impl PaymentRepository for Stopping<dyn PaymentRepository> {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        self.inner.get(id).await
    }

    async fn with_booking(&self, id: PaymentId) -> Result<Option<(Booking, Payment)>, StoreError> {
        self.inner.with_booking(id).await
    }

    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError> {
        let payment = change.payment.clone();
        Stopping::commit(self, Some(&payment), self.inner.commit(change)).await
    }

    async fn unanswered(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError> {
        self.inner.unanswered(before, limit).await
    }

    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, StoreError> {
        self.inner.payouts_due(now, limit).await
    }
}
