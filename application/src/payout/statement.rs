//! Host statements.

use chrono::{DateTime, Utc};
use sojourn_domain::ledger::{Account, JournalEntry, PostingReason};
use sojourn_domain::shared::{
    Actor, BookingId, Money, Page, PageRequest, PropertyId, RepositoryError,
};

use crate::ports::{JournalFilter, Ports};

/// One line of a host's statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Timestamp of the entry (UTC).
    pub at: DateTime<Utc>,
    /// Kind of the entry.
    pub cause: PostingReason,
    /// The property of the stay.
    pub property_id: PropertyId,
    /// The booking.
    pub booking_id: BookingId,
    /// Change of the balance; positive in the host's favour.
    pub amount: Money,
}

/// The caller's statement, newest first.
///
/// # Errors
/// [`RepositoryError`].
pub async fn statement(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<StatementLine>, RepositoryError> {
    let account = Some(Account::HostPayable);
    let filter = JournalFilter {
        host: Some(actor.user_id),
        account,
        ..JournalFilter::default()
    };
    Ok(ports
        .ledger
        .entries(filter, page)
        .await?
        .map(|entry| line(&entry)))
}

/// Debits are positive in the journal, so a host's gain is negative there.
fn line(entry: &JournalEntry) -> StatementLine {
    let payable = entry.postings.on(Account::HostPayable);
    StatementLine {
        at: entry.at,
        cause: entry.cause,
        property_id: entry.property_id,
        booking_id: entry.booking_id,
        amount: Money::new(payable.amount().saturating_neg(), payable.currency()),
    }
}
