//! Ports that hang at a named failpoint, where the process is killed.

use std::collections::HashSet;
use std::future::pending;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sojourn_application::ports::{GatewayError, GatewayRequest, PaymentGateway, Ports};
use sojourn_domain::booking::{Booking, BookingChange, BookingCommitError, BookingRepository};
use sojourn_domain::payment::{
    GatewayCallKind, GatewayOutcome, Payment, PaymentChange, PaymentRepository,
};
use sojourn_domain::shared::{BookingId, CommitError, PaymentId, RepositoryError};

/// The points around a gateway call at which the process can be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The call is stored, the gateway is not called yet.
    IntentStored,
    /// The gateway has executed the call, its response has not arrived.
    CallExecuted,
    /// The response has arrived and is not stored.
    ResponseReceived,
    /// The outcome is stored, the client has no answer yet.
    OutcomeStored,
}

impl Point {
    pub const ALL: [Self; 4] = [
        Self::IntentStored,
        Self::CallExecuted,
        Self::ResponseReceived,
        Self::OutcomeStored,
    ];

    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|point| format!("{point:?}") == name)
            .unwrap()
    }
}

/// Hangs at one point of the calls of one kind.
pub struct Failpoint {
    pub at: Point,
    pub kind: GatewayCallKind,
    /// File created when the point is reached.
    pub marker: PathBuf,
    answered: Mutex<HashSet<String>>,
}

impl Failpoint {
    pub fn new(at: Point, kind: GatewayCallKind, marker: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            at,
            kind,
            marker,
            answered: Mutex::default(),
        })
    }

    /// Wraps the ports so that they hang at this failpoint.
    pub fn wrap(self: &Arc<Self>, ports: Ports) -> Ports {
        let failpoint = || Arc::clone(self);
        Ports {
            gateway: Arc::new(FailpointPort {
                inner: ports.gateway,
                failpoint: failpoint(),
            }),
            bookings: Arc::new(FailpointPort {
                inner: ports.bookings,
                failpoint: failpoint(),
            }),
            payments: Arc::new(FailpointPort {
                inner: ports.payments,
                failpoint: failpoint(),
            }),
            ..ports
        }
    }

    async fn hang_if(&self, here: bool) {
        if here {
            std::fs::write(&self.marker, b"").unwrap();
            pending::<()>().await;
        }
    }

    fn note(&self, key: String) {
        self.answered.lock().unwrap().insert(key);
    }

    /// True if the payment contains an outcome of a watched call.
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

struct FailpointPort<T: ?Sized> {
    inner: Arc<T>,
    failpoint: Arc<Failpoint>,
}

impl<T: ?Sized> FailpointPort<T> {
    async fn commit<E>(
        &self,
        payment: Option<&Payment>,
        commit: impl Future<Output = Result<(), E>>,
    ) -> Result<(), E> {
        let outcome = self.failpoint.is_outcome(payment);
        self.failpoint
            .hang_if(outcome && self.failpoint.at == Point::ResponseReceived)
            .await;
        let done = commit.await;
        self.failpoint
            .hang_if(outcome && done.is_ok() && self.failpoint.at == Point::OutcomeStored)
            .await;
        done
    }
}

#[async_trait]
impl PaymentGateway for FailpointPort<dyn PaymentGateway> {
    async fn call(&self, charge: GatewayRequest) -> Result<GatewayOutcome, GatewayError> {
        let (watched, key) = (
            charge.kind == self.failpoint.kind,
            charge.idempotency_key.clone(),
        );
        self.failpoint
            .hang_if(watched && self.failpoint.at == Point::IntentStored)
            .await;
        let answer = self.inner.call(charge).await;
        self.failpoint
            .hang_if(watched && self.failpoint.at == Point::CallExecuted)
            .await;
        if watched {
            self.failpoint.note(key);
        }
        answer
    }
}

#[async_trait]
impl BookingRepository for FailpointPort<dyn BookingRepository> {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, RepositoryError> {
        self.inner.with_payment(id).await
    }

    async fn of_payment(
        &self,
        id: PaymentId,
    ) -> Result<Option<(Booking, Payment)>, RepositoryError> {
        self.inner.of_payment(id).await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), BookingCommitError> {
        let payment = change.payment().cloned();
        FailpointPort::commit(self, payment.as_ref(), self.inner.commit(change)).await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, RepositoryError> {
        self.inner.due(now, limit).await
    }
}

#[async_trait]
impl PaymentRepository for FailpointPort<dyn PaymentRepository> {
    async fn get(&self, id: PaymentId) -> Result<Option<Payment>, RepositoryError> {
        self.inner.get(id).await
    }

    async fn commit(&self, change: PaymentChange) -> Result<(), CommitError> {
        let payment = change.payment.clone();
        FailpointPort::commit(self, Some(&payment), self.inner.commit(change)).await
    }

    async fn with_pending_calls(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.inner.with_pending_calls(before, limit).await
    }

    async fn payouts_due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.inner.payouts_due(now, limit).await
    }
}
