//! Settlement: the effect of a booking's change on its money.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::booking::booking::Booking;
use crate::booking::change::BookingChange;
use crate::journal::entry::JournalEntry;
use crate::ledger::decision::Decision;
use crate::ledger::derive_entries::derive_entries;
use crate::ledger::funds_allocation::BookingFunds;
use crate::payment::charges::PaymentError;
use crate::payment::payment::Payment;
use crate::payment::repository::PaymentChange;
use crate::shared::money::MoneyError;

/// Effect of a decision on a booking's money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The changed payment, if it changes.
    pub payment: Option<Payment>,
    /// Journal entries to post.
    pub journal: Vec<JournalEntry>,
}

/// Reason for which a decision cannot be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettlementError {
    /// The price would change while the guest is being charged.
    #[error("the price cannot change while a charge is pending")]
    Charging,
    /// The payment does not allow it.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// Amounts cannot be combined.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Determines the effect of a changed booking or payment on the money:
///
/// 1. voids an authorization that no booking waits for;
/// 2. refunds what was captured beyond the booking's total, for this reason;
/// 3. reschedules the payouts when the host's share changes;
/// 4. posts the difference between the old and the new allocation, and every capture, refund and
///    payout.
///
/// A refund or void that the gateway refused is not retried here. The payment keeps since when a
/// refund is owed, and the next refund includes it.
/// `before` is as stored; `booking` is the changed booking, and `payment` the payment if it was
/// changed already. Without changes the settlement is empty.
///
/// # Errors
/// [`SettlementError`] when the change cannot be settled.
pub fn derive_settlement(
    before: BookingFunds<'_>,
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
    let settled = moved.map(|payment| decision.apply(payment)).transpose()?;
    let after = BookingFunds {
        booking,
        payment: settled.as_ref(),
    };
    let journal = derive_entries(before, after, ids, now)?;
    let payment = settled.filter(|payment| before.payment != Some(payment));
    Ok(Settlement { payment, journal })
}

impl BookingChange {
    /// Adds the effect of the change on its money. `before` is as stored. New bookings do not need
    /// this.
    ///
    /// # Errors
    /// [`SettlementError`] when the change cannot be settled.
    pub fn with_settlement(
        mut self,
        before: BookingFunds<'_>,
        reason: &str,
        ids: &mut dyn FnMut() -> Uuid,
        now: DateTime<Utc>,
    ) -> Result<Self, SettlementError> {
        let settlement = derive_settlement(
            before,
            self.booking(),
            self.payment.clone(),
            reason,
            ids,
            now,
        )?;
        self.payment = settlement.payment;
        self.journal.extend(settlement.journal);
        Ok(self)
    }
}

impl PaymentChange {
    /// A change of a payment whose booking is unchanged, with its effect on the money. `before` is
    /// as stored.
    ///
    /// # Errors
    /// [`SettlementError`] when the change cannot be settled.
    pub fn with_settlement(
        before: BookingFunds<'_>,
        payment: Payment,
        reason: &str,
        ids: &mut dyn FnMut() -> Uuid,
        now: DateTime<Utc>,
    ) -> Result<Self, SettlementError> {
        let settlement = derive_settlement(
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
