//! A booking together with its payment: the unit on which every decision about either is made and
//! stored.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange, BookingCommitError};
use sojourn_domain::ledger::{BookingFunds, SettlementError};
use sojourn_domain::payment::{Payment, PaymentChange};
use sojourn_domain::shared::{AuditEntry, BookingId, CommitError, PaymentId, RepositoryError};

use crate::ports::Ports;

/// A booking with its payment, as they are stored.
#[derive(Debug, Clone)]
pub(crate) struct BookingWithPayment {
    pub(crate) booking: Booking,
    pub(crate) payment: Option<Payment>,
}

impl BookingWithPayment {
    /// Loads a booking with its payment; `None` if there is no such booking.
    pub(crate) async fn load(
        ports: &Ports,
        id: BookingId,
    ) -> Result<Option<Self>, RepositoryError> {
        let found = ports.bookings.with_payment(id).await?;
        Ok(found.map(|(booking, payment)| Self { booking, payment }))
    }

    /// Loads a payment with its booking; `None` if there is no such payment.
    pub(crate) async fn load_by_payment(
        ports: &Ports,
        id: PaymentId,
    ) -> Result<Option<(Self, Payment)>, RepositoryError> {
        let found = ports.bookings.of_payment(id).await?;
        Ok(found.map(|(booking, payment)| {
            (
                Self {
                    booking,
                    payment: Some(payment.clone()),
                },
                payment,
            )
        }))
    }

    /// True if an expected version is given and differs from the booking's.
    pub(crate) fn changed_since(&self, expected: Option<i64>) -> bool {
        expected.is_some_and(|version| version != self.booking.version)
    }

    /// True while the gateway has yet to confirm a charge.
    pub(crate) fn is_charging(&self) -> bool {
        self.payment.as_ref().is_some_and(Payment::is_charging)
    }

    /// The same data as input for the ledger.
    pub(crate) fn funds(&self) -> BookingFunds<'_> {
        BookingFunds {
            booking: &self.booking,
            payment: self.payment.as_ref(),
        }
    }

    /// Stores a decision about the booking together with its financial consequences. Returns the
    /// stored state.
    ///
    /// # Errors
    /// [`BookingCommitError`]; nothing is stored.
    pub(crate) async fn commit(
        &self,
        ports: &Ports,
        change: BookingChange,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, BookingCommitError> {
        let change = change
            .with_settlement(self.funds(), reason, &mut || ports.ids.uuid(), now)
            .map_err(settlement_defect)?;
        let payment = change.payment().cloned().or_else(|| self.payment.clone());
        let stored = Self {
            booking: change.booking().clone(),
            payment,
        };
        ports.bookings.commit(change).await?;
        Ok(stored)
    }

    /// Stores a new state of the payment with its ledger entries and, if given, an audit entry.
    /// Returns the stored payment.
    ///
    /// # Errors
    /// [`CommitError`]; nothing is stored.
    pub(crate) async fn commit_payment(
        &self,
        ports: &Ports,
        payment: Payment,
        reason: &str,
        audit: Option<AuditEntry>,
        now: DateTime<Utc>,
    ) -> Result<Payment, CommitError> {
        let ids = &mut || ports.ids.uuid();
        let change = PaymentChange::with_settlement(self.funds(), payment, reason, ids, now)
            .map_err(settlement_defect)?;
        let stored = change.payment.clone();
        ports
            .payments
            .commit(PaymentChange { audit, ..change })
            .await?;
        Ok(stored)
    }
}

/// Every decision is made such that its settlement is possible, so a failure to settle is a defect.
pub(crate) fn settlement_defect(error: SettlementError) -> RepositoryError {
    RepositoryError::Internal(format!("cannot settle a booking: {error}"))
}
