//! What a host owes, and how a payout is kept back for it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Account, Books, Cause, JournalEntry, Postings, Settlement, SettlementError};
use crate::payment::PaymentError;
use crate::shared::{BookingId, Money, MoneyError, PaymentEntryId, PayoutId, PropertyId, UserId};

/// What a host owes from a booking: more was paid out than the booking comes to for the host. It is the
/// booking's sum on [`Account::HostPayable`], above zero.
///
/// Only a booking that has ended and gives nothing back any more (no refund is open) has debts: what it comes to
/// is final. What is kept back for one that may still come to more would be paid to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    /// The booking's property.
    pub property_id: PropertyId,
    /// The booking.
    pub booking_id: BookingId,
    /// The host.
    pub host_id: UserId,
    /// How much, above zero.
    pub amount: Money,
}

/// Sends a payout that is due, less what the host owes from other bookings, in the order given. What is kept
/// back is posted at once, for both bookings; what is sent, when the gateway has sent it.
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

/// How much of an amount is kept back for debts, and the entries that say so: the booking whose payout it is
/// gives the money, the bookings of the debts get it.
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
