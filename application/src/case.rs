//! A booking and its payment together: what every decision about either is made and stored from.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingChange};
use sojourn_domain::ledger::{Books, SettlementError};
use sojourn_domain::payment::{Payment, PaymentChange};
use sojourn_domain::shared::{AuditEntry, BookingId, CommitError, PaymentId, StoreError};

use crate::ports::Ports;

/// A booking with its payment, as they are stored.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) booking: Booking,
    pub(crate) payment: Option<Payment>,
}

impl Case {
    /// A booking's case, if there is such a booking.
    pub(crate) async fn of(ports: &Ports, id: BookingId) -> Result<Option<Self>, StoreError> {
        let found = ports.bookings.with_payment(id).await?;
        Ok(found.map(|(booking, payment)| Self { booking, payment }))
    }

    /// A payment with its case, if there is such a payment.
    pub(crate) async fn paid_by(
        ports: &Ports,
        id: PaymentId,
    ) -> Result<Option<(Self, Payment)>, StoreError> {
        let found = ports.payments.with_booking(id).await?;
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

    /// Whether the booking is at another version than the one that an asker saw.
    pub(crate) fn changed_since(&self, expected: Option<i64>) -> bool {
        expected.is_some_and(|version| version != self.booking.version)
    }

    /// Whether the gateway is yet to say if money is taken.
    pub(crate) fn is_charging(&self) -> bool {
        self.payment.as_ref().is_some_and(Payment::is_charging)
    }

    /// The same, as the ledger reads it.
    pub(crate) fn books(&self) -> Books<'_> {
        Books {
            booking: &self.booking,
            payment: self.payment.as_ref(),
        }
    }

    /// Stores a decision about the booking, with what it means for the money. Answers with the case as it is then.
    ///
    /// # Errors
    /// [`CommitError`]: nothing was stored.
    pub(crate) async fn commit(
        &self,
        ports: &Ports,
        change: BookingChange,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, CommitError> {
        let change = change
            .settled(self.books(), reason, &mut || ports.ids.uuid(), now)
            .map_err(unsettled)?;
        let payment = change.payment.clone().or_else(|| self.payment.clone());
        let stored = Self {
            booking: change.booking.clone(),
            payment,
        };
        ports.bookings.commit(change).await?;
        Ok(stored)
    }

    /// Stores what became of the payment alone, with what follows from it, and writes it down if it is to be. Answers
    /// with the payment as it is then.
    ///
    /// # Errors
    /// [`CommitError`]: nothing was stored.
    pub(crate) async fn commit_payment(
        &self,
        ports: &Ports,
        payment: Payment,
        reason: &str,
        audit: Option<AuditEntry>,
        now: DateTime<Utc>,
    ) -> Result<Payment, CommitError> {
        let ids = &mut || ports.ids.uuid();
        let change =
            PaymentChange::settled(self.books(), payment, reason, ids, now).map_err(unsettled)?;
        let stored = change.payment.clone();
        ports
            .payments
            .commit(PaymentChange { audit, ..change })
            .await?;
        Ok(stored)
    }
}

/// Decisions are made so that money can follow them: that it cannot is a defect.
pub(crate) fn unsettled(error: SettlementError) -> StoreError {
    StoreError::Corrupt(format!("money that does not follow its booking: {error}"))
}
