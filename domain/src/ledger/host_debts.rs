//! Host debts and their recovery from payouts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::journal::entry::{JournalEntry, PostingReason};
use crate::journal::postings::{Account, Postings};
use crate::ledger::funds_allocation::BookingFunds;
use crate::ledger::settlement::{Settlement, SettlementError};
use crate::payment::charges::PaymentError;
use crate::shared::id::{BookingId, PaymentEntryId, PayoutId, PropertyId, UserId};
use crate::shared::money::{Money, MoneyError};

/// Debt of a host from a booking whose payouts exceed the host's share. It equals the booking's
/// positive balance on [`Account::HostPayable`].
///
/// Only an ended booking without open refunds has a debt, because only then is the host's share
/// final; an amount withheld earlier could not be returned to its payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HostDebt {
    /// The booking's property.
    pub property_id: PropertyId,
    /// The booking.
    pub booking_id: BookingId,
    /// The host.
    pub host_id: UserId,
    /// Amount, above zero.
    pub amount: Money,
}

/// Sends a due payout, less the host's debts from other bookings, in the given order. The withheld
/// amount is posted at once for both bookings; the amount sent is posted when the gateway confirms
/// it.
///
/// # Errors
/// [`SettlementError::Payment`] when there is no such payout or it is not due.
pub fn send_payout(
    funds: BookingFunds<'_>,
    payout: PayoutId,
    debts: &[HostDebt],
    call: PaymentEntryId,
    now: DateTime<Utc>,
) -> Result<Settlement, SettlementError> {
    let payment = funds.payment.ok_or(PaymentError::UnknownPayout)?;
    let due = payment
        .payouts
        .iter()
        .find(|it| it.id == payout)
        .ok_or(PaymentError::UnknownPayout)?;
    let (withheld, journal) = offset(funds, due.amount, payout.uuid(), debts, now)?;
    let payment = payment.clone().send_payout(payout, call, withheld, now)?;
    Ok(Settlement {
        payment: Some(payment),
        journal,
    })
}

/// Journal entries that waive debts: the marketplace bears them. `source` identifies the decision.
///
/// # Errors
/// [`MoneyError`] when an amount cannot be negated.
pub fn waive_debts(
    debts: &[HostDebt],
    source: Uuid,
    at: DateTime<Utc>,
) -> Result<Vec<JournalEntry>, MoneyError> {
    let entry = |debt: &HostDebt| {
        let postings =
            Postings::transfer(debt.amount, Account::HostPayable, Account::PlatformRevenue)?;
        Ok(JournalEntry {
            property_id: debt.property_id,
            booking_id: debt.booking_id,
            host_id: debt.host_id,
            cause: PostingReason::Waiver,
            source,
            at,
            postings,
        })
    };
    debts.iter().map(entry).collect()
}

/// Amount withheld for debts and its journal entries: the booking of the payout is debited, the
/// bookings of the debts are credited.
fn offset(
    funds: BookingFunds<'_>,
    amount: Money,
    source: Uuid,
    debts: &[HostDebt],
    at: DateTime<Utc>,
) -> Result<(Money, Vec<JournalEntry>), MoneyError> {
    let booking = funds.booking;
    let mut withheld = Money::zero(amount.currency());
    let mut journal = Vec::new();
    for debt in debts
        .iter()
        .filter(|debt| debt.host_id == booking.host_id && debt.booking_id != booking.id)
    {
        let left = amount.checked_sub(withheld)?;
        let part = if debt.amount.checked_sub(left)?.amount() > 0 {
            left
        } else {
            debt.amount
        };
        if part.amount() > 0 {
            let postings = Postings::transfer(part, Account::HostPayable, Account::ProcessorCash)?;
            let HostDebt {
                property_id,
                booking_id,
                host_id,
                ..
            } = *debt;
            let cause = PostingReason::Offset;
            journal.push(JournalEntry {
                property_id,
                booking_id,
                host_id,
                cause,
                source,
                at,
                postings,
            });
            withheld = withheld.checked_add(part)?;
        }
    }
    if !journal.is_empty() {
        let postings = Postings::transfer(withheld, Account::ProcessorCash, Account::HostPayable)?;
        journal.push(booking.journal_entry(PostingReason::Offset, source, postings, at));
    }
    Ok((withheld, journal))
}
