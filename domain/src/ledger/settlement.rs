//! Money follows the booking.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::decision::Decision;
use super::posting::posted;
use super::{Books, JournalEntry};
use crate::booking::{Booking, BookingChange};
use crate::payment::{Payment, PaymentChange, PaymentError};
use crate::shared::MoneyError;

/// What a decision does to a booking's money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The payment as it is to be, when it changes.
    pub payment: Option<Payment>,
    /// What is posted.
    pub journal: Vec<JournalEntry>,
}

/// Why money cannot follow a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettlementError {
    /// The price would change while the guest is charged the one before.
    #[error("the price cannot change while the guest is charged")]
    Charging,
    /// The payment cannot be moved.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// Amounts do not fit together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Decides what a decision about a booking, or its payment, does to the money:
///
/// 1. a reservation that no booking waits for is given up;
/// 2. what was captured beyond what the booking comes to is given back, for this reason;
/// 3. the payouts are planned anew when what the host gets changes;
/// 4. the difference to what the booking came to is posted, and every capture, refund and payout.
///
/// A refund or void that the gateway refused is not asked again by itself; the next refund takes it along.
/// `before` is as stored; `booking` as it is to be, and `payment` when it was moved already. Nothing comes of
/// it when nothing changes.
///
/// # Errors
/// [`SettlementError`].
pub fn settle(
    before: Books<'_>,
    booking: &Booking,
    payment: Option<Payment>,
    reason: &str,
    ids: &mut dyn FnMut() -> Uuid,
    now: DateTime<Utc>,
) -> Result<Settlement, SettlementError> {
    let moved = payment.or_else(|| before.payment.cloned());
    let mut decision = Decision {
        before,
        booking,
        reason,
        ids,
        now,
    };
    let settled = moved.map(|payment| decision.follow(payment)).transpose()?;
    let after = Books {
        booking,
        payment: settled.as_ref(),
    };
    let journal = posted(before, after, ids, now)?;
    let payment = settled.filter(|payment| before.payment != Some(payment));
    Ok(Settlement { payment, journal })
}

impl BookingChange {
    /// The same change with what it does to the money. `before` is as stored. A new booking needs none of it.
    ///
    /// # Errors
    /// [`SettlementError`].
    pub fn settled(
        mut self,
        before: Books<'_>,
        reason: &str,
        ids: &mut dyn FnMut() -> Uuid,
        now: DateTime<Utc>,
    ) -> Result<Self, SettlementError> {
        let settlement = settle(before, &self.booking, self.payment.take(), reason, ids, now)?;
        self.payment = settlement.payment;
        self.journal.extend(settlement.journal);
        Ok(self)
    }
}

impl PaymentChange {
    /// A move of a payment whose booking stays as it is, with what it does to the money. `before` is as stored.
    ///
    /// # Errors
    /// [`SettlementError`].
    pub fn settled(
        before: Books<'_>,
        payment: Payment,
        reason: &str,
        ids: &mut dyn FnMut() -> Uuid,
        now: DateTime<Utc>,
    ) -> Result<Self, SettlementError> {
        let settlement = settle(
            before,
            before.booking,
            Some(payment.clone()),
            reason,
            ids,
            now,
        )?;
        let payment = settlement.payment.unwrap_or(payment);
        Ok(Self {
            payment,
            journal: settlement.journal,
            host_account: None,
            audit: None,
        })
    }
}
