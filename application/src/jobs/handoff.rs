//! Gateway calls handed over by work that must not wait for the gateway.

use std::sync::{Mutex, PoisonError};

use sojourn_domain::payment::Payment;
use tokio::sync::Notify;
use uuid::Uuid;

/// Maximum number of payments that wait for the loop of gateway calls. The calls of others are
/// stored and found in the database.
const CAPACITY: usize = 1000;

/// Payments with new gateway calls. The calls are stored with the change that caused them; handing
/// them over only saves the wait until they are found.
#[derive(Debug, Default)]
pub struct Handoff {
    payments: Mutex<Vec<Uuid>>,
    arrived: Notify,
}

impl Handoff {
    /// Hands over the pending calls of a payment, if it has any.
    pub(super) fn offer(&self, payment: Option<&Payment>) {
        let Some(payment) = payment.filter(|payment| !payment.pending_calls.is_empty()) else {
            return;
        };
        let mut payments = self.payments.lock().unwrap_or_else(PoisonError::into_inner);
        if payments.len() < CAPACITY {
            payments.push(payment.id.uuid());
            self.arrived.notify_one();
        }
    }

    /// Takes at most this many payments, in the order of their arrival.
    pub(crate) fn take(&self, limit: usize) -> Vec<Uuid> {
        let mut payments = self.payments.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = limit.min(payments.len());
        payments.drain(..taken).collect()
    }

    /// Returns when a payment has arrived.
    pub(super) async fn arrived(&self) {
        self.arrived.notified().await;
    }
}
