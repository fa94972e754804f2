//! Journal entries that follow from a change of a booking or its payment.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::position::Goodwill;
use super::{Account, Books, Cause, JournalEntry, Position, Postings, position};
use crate::payment::{EntryKind, Payment, PaymentEntry};
use crate::shared::MoneyError;

/// Entries for the difference between two allocations, step by step: the change of the booking,
/// granted goodwill, refused goodwill; then the movements of the gateway.
pub(super) fn posted(
    before: Books<'_>,
    after: Books<'_>,
    ids: &mut dyn FnMut() -> Uuid,
    at: DateTime<Utc>,
) -> Result<Vec<JournalEntry>, MoneyError> {
    let entry =
        |cause, source, postings| JournalEntry::of(after.booking, cause, source, postings, at);
    let mut journal = Vec::new();
    let mut from = position(before)?;
    for (cause, source, goodwill) in steps(before, after)? {
        let to = Position::of(after.booking, goodwill)?;
        if let Some(postings) = from.postings_to(&to)? {
            journal.push(entry(cause, source.unwrap_or_else(&mut *ids), postings));
        }
        from = to;
    }
    let known = before.payment.map_or(0, |payment| payment.entries.len());
    let news = after
        .payment
        .and_then(|payment| payment.entries.get(known..))
        .unwrap_or_default();
    for news in news {
        let moved = moved(news)?;
        journal.extend(moved.map(|(cause, postings)| entry(cause, news.id.uuid(), postings)));
    }
    Ok(journal)
}

/// Cause, source, and the goodwill granted so far.
type Step = (Cause, Option<Uuid>, Goodwill);

fn steps(before: Books<'_>, after: Books<'_>) -> Result<Vec<Step>, MoneyError> {
    let (cause, source) = cause(before, after);
    let mut goodwill = Goodwill::of(before)?;
    let mut steps = vec![(cause, source, goodwill)];
    for (books, other, cause) in [
        (after, before, Cause::Goodwill),
        (before, after, Cause::Reversal),
    ] {
        let given = books.payment.into_iter().flat_map(Payment::given_back);
        for refund in given.filter(|it| !other.payment.is_some_and(|other| other.gives_back(it.id)))
        {
            let Some(by) = refund.borne_by else { continue };
            let amount = if cause == Cause::Goodwill {
                refund.amount
            } else {
                refund.amount.times(-1)?
            };
            goodwill = goodwill.with(by, amount)?;
            steps.push((cause, Some(refund.id.uuid()), goodwill));
        }
    }
    Ok(steps)
}

/// Cause of a booking's change. An alteration that was applied without a proposal has no id.
fn cause(before: Books<'_>, after: Books<'_>) -> (Cause, Option<Uuid>) {
    let (old, new) = (before.booking, after.booking);
    if old.confirmation.is_none() && new.confirmation.is_some() {
        (Cause::Sale, Some(new.id.uuid()))
    } else if old.cancellation.is_none() && new.cancellation.is_some() {
        (Cause::Cancellation, Some(new.id.uuid()))
    } else {
        (
            Cause::Alteration,
            old.alteration
                .as_ref()
                .map(|alteration| alteration.id.uuid()),
        )
    }
}

/// The movement of money of a payment entry; `None` if no money moved.
fn moved(entry: &PaymentEntry) -> Result<Option<(Cause, Postings)>, MoneyError> {
    let (cause, from, to) = match entry.kind {
        EntryKind::Capture => (
            Cause::Capture,
            Account::GuestReceivable,
            Account::ProcessorCash,
        ),
        EntryKind::Refund => (
            Cause::Refund,
            Account::ProcessorCash,
            Account::GuestReceivable,
        ),
        EntryKind::Payout => (Cause::Payout, Account::ProcessorCash, Account::HostPayable),
        EntryKind::Authorization
        | EntryKind::Void
        | EntryKind::Failure
        | EntryKind::PayoutFailure => {
            return Ok(None);
        }
    };
    let postings = Postings::moving(entry.amount, from, to)?;
    Ok((!postings.is_zero()).then_some((cause, postings)))
}
