//! Journal entries that follow from a change of a booking or its payment.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::booking::booking::Booking;
use crate::journal::entry::{JournalEntry, PostingReason};
use crate::journal::postings::{Account, Postings};
use crate::ledger::funds_allocation::Goodwill;
use crate::ledger::funds_allocation::{BookingFunds, FundsAllocation, funds_allocation};
use crate::payment::entry::{EntryKind, PaymentEntry};
use crate::payment::payment::Payment;
use crate::shared::money::MoneyError;

impl Booking {
    /// An entry of the booking.
    pub(crate) fn journal_entry(
        &self,
        cause: PostingReason,
        source: Uuid,
        postings: Postings,
        at: DateTime<Utc>,
    ) -> JournalEntry {
        JournalEntry {
            property_id: self.property_id,
            booking_id: self.id,
            host_id: self.host_id,
            cause,
            source,
            at,
            postings,
        }
    }
}

/// Entries for the difference between two allocations, step by step: the change of the booking,
/// granted goodwill, refused goodwill; then the movements of the gateway.
pub(super) fn derive_entries(
    before: BookingFunds<'_>,
    after: BookingFunds<'_>,
    ids: &mut dyn FnMut() -> Uuid,
    at: DateTime<Utc>,
) -> Result<Vec<JournalEntry>, MoneyError> {
    let entry = |cause, source, postings| after.booking.journal_entry(cause, source, postings, at);
    let mut journal = Vec::new();
    let mut from = funds_allocation(before)?;
    for (cause, source, goodwill) in steps(before, after)? {
        let to = FundsAllocation::of(after.booking, goodwill)?;
        if let Some(postings) = from.postings_to(&to)? {
            journal.push(entry(cause, source.unwrap_or_else(&mut *ids), postings));
        }
        from = to;
    }
    let known = before.payment.map_or(0, |payment| payment.entries.len());
    let new_entries = after
        .payment
        .and_then(|payment| payment.entries.get(known..))
        .unwrap_or_default();
    for new_entry in new_entries {
        let moved = cash_posting(new_entry)?;
        journal.extend(moved.map(|(cause, postings)| entry(cause, new_entry.id.uuid(), postings)));
    }
    Ok(journal)
}

/// PostingReason, source, and the goodwill granted so far.
type Step = (PostingReason, Option<Uuid>, Goodwill);

fn steps(before: BookingFunds<'_>, after: BookingFunds<'_>) -> Result<Vec<Step>, MoneyError> {
    let (cause, source) = posting_reason(before, after);
    let mut goodwill = Goodwill::of(before)?;
    let mut steps = vec![(cause, source, goodwill)];
    for (funds, other, cause) in [
        (after, before, PostingReason::Goodwill),
        (before, after, PostingReason::Reversal),
    ] {
        let given = funds.payment.into_iter().flat_map(Payment::active_refunds);
        for refund in given.filter(|it| {
            !other
                .payment
                .is_some_and(|other| other.has_active_refund(it.id))
        }) {
            let Some(by) = refund.borne_by else { continue };
            let amount = if cause == PostingReason::Goodwill {
                refund.amount
            } else {
                refund.amount.checked_mul(-1)?
            };
            goodwill = goodwill.with(by, amount)?;
            steps.push((cause, Some(refund.id.uuid()), goodwill));
        }
    }
    Ok(steps)
}

/// Cause of a booking's change. An alteration that was applied without a proposal has no id.
fn posting_reason(
    before: BookingFunds<'_>,
    after: BookingFunds<'_>,
) -> (PostingReason, Option<Uuid>) {
    let (old, new) = (before.booking, after.booking);
    if old.confirmation.is_none() && new.confirmation.is_some() {
        (PostingReason::Sale, Some(new.id.uuid()))
    } else if old.cancellation.is_none() && new.cancellation.is_some() {
        (PostingReason::Cancellation, Some(new.id.uuid()))
    } else {
        (
            PostingReason::Alteration,
            old.alteration
                .as_ref()
                .map(|alteration| alteration.id.uuid()),
        )
    }
}

/// The movement of money of a payment entry; `None` if no money moved.
fn cash_posting(entry: &PaymentEntry) -> Result<Option<(PostingReason, Postings)>, MoneyError> {
    let (cause, from, to) = match entry.kind {
        EntryKind::Capture => (
            PostingReason::Capture,
            Account::GuestReceivable,
            Account::ProcessorCash,
        ),
        EntryKind::Refund => (
            PostingReason::Refund,
            Account::ProcessorCash,
            Account::GuestReceivable,
        ),
        EntryKind::Payout => (
            PostingReason::Payout,
            Account::ProcessorCash,
            Account::HostPayable,
        ),
        EntryKind::Authorization
        | EntryKind::Void
        | EntryKind::Failure
        | EntryKind::PayoutFailure => {
            return Ok(None);
        }
    };
    let postings = Postings::transfer(entry.amount, from, to)?;
    Ok((!postings.is_zero()).then_some((cause, postings)))
}
