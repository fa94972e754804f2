//! Host debts and their recovery from payouts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Account, Books, Cause, JournalEntry, Postings, Settlement, SettlementError};
use crate::payment::PaymentError;
use crate::shared::{BookingId, Money, MoneyError, PaymentEntryId, PayoutId, PropertyId, UserId};

/// Debt of a host from a booking whose payouts exceed the host's share. It equals the booking's
/// positive balance on [`Account::HostPayable`].
///
/// Only an ended booking without open refunds has a debt, because only then is the host's share
/// final; an amount withheld earlier could not be returned to its payout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
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
pub fn pay_out(
    books: Books<'_>,
    payout: PayoutId,
    debts: &[Debt],
    call: PaymentEntryId,
    now: DateTime<Utc>,
) -> Result<Settlement, SettlementError> {
    let payment = books.payment.ok_or(PaymentError::UnknownPayout)?;
    let due = payment
        .payouts
        .iter()
        .find(|it| it.id == payout)
        .ok_or(PaymentError::UnknownPayout)?;
    let (withheld, journal) = offset(books, due.amount, payout.uuid(), debts, now)?;
    let payment = payment.clone().pay_out(payout, call, withheld, now)?;
    Ok(Settlement {
        payment: Some(payment),
        journal,
    })
}

/// Amount withheld for debts and its journal entries: the booking of the payout is debited, the
/// bookings of the debts are credited.
fn offset(
    books: Books<'_>,
    amount: Money,
    source: Uuid,
    debts: &[Debt],
    at: DateTime<Utc>,
) -> Result<(Money, Vec<JournalEntry>), MoneyError> {
    let booking = books.booking;
    let mut withheld = Money::zero(amount.currency());
    let mut journal = Vec::new();
    for debt in debts
        .iter()
        .filter(|debt| debt.host_id == booking.host_id && debt.booking_id != booking.id)
    {
        let left = amount.minus(withheld)?;
        let part = if debt.amount.minus(left)?.amount() > 0 {
            left
        } else {
            debt.amount
        };
        if part.amount() > 0 {
            let postings = Postings::moving(part, Account::HostPayable, Account::ProcessorCash)?;
            let Debt {
                property_id,
                booking_id,
                host_id,
                ..
            } = *debt;
            let cause = Cause::Offset;
            journal.push(JournalEntry {
                property_id,
                booking_id,
                host_id,
                cause,
                source,
                at,
                postings,
            });
            withheld = withheld.plus(part)?;
        }
    }
    if !journal.is_empty() {
        let postings = Postings::moving(withheld, Account::ProcessorCash, Account::HostPayable)?;
        journal.push(JournalEntry::of(
            booking,
            Cause::Offset,
            source,
            postings,
            at,
        ));
    }
    Ok((withheld, journal))
}
