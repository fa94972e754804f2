//! What moved a host's balance.

use chrono::{DateTime, Utc};
use sojourn_domain::ledger::{Account, Cause, JournalEntry};
use sojourn_domain::shared::{Actor, BookingId, Money, Page, PageRequest, PropertyId, StoreError};

use crate::ports::{JournalFilter, Ports};

/// One thing that moved a host's balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub cause: Cause,
    /// The property stayed in.
    pub property_id: PropertyId,
    /// The booking.
    pub booking_id: BookingId,
    /// By how much: above zero in the host's favour.
    pub amount: Money,
}

/// What moved the asker's balance, the newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn statement(
    ports: &Ports,
    actor: &Actor,
    page: PageRequest,
) -> Result<Page<StatementLine>, StoreError> {
    let moving = Some(Account::HostPayable);
    let filter = JournalFilter {
        host: Some(actor.user_id),
        moving,
        ..JournalFilter::default()
    };
    Ok(ports
        .ledger
        .entries(filter, page)
        .await?
        .map(|entry| line(&entry)))
}

/// Debits are positive in the journal, so what the host gains is negative there.
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
