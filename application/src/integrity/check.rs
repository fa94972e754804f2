//! Integrity check of all stored data, booking by booking.

use sojourn_domain::ledger::{Finding, check_integrity};
use sojourn_domain::shared::RepositoryError;

use crate::ports::{AuditChain, Balances, Ports};

/// Bookings per batch.
const BATCH: u32 = 200;

/// Result of an integrity check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrityReport {
    /// Number of bookings checked.
    pub bookings: u64,
    /// Number of their journal entries.
    pub entries: u64,
    /// Sums over the journal, one item per currency.
    pub balances: Vec<Balances>,
    /// All inconsistencies found; empty if there are none.
    pub findings: Vec<Finding>,
    /// Result of the check of the audit log's hash chain.
    pub audit: AuditChain,
}

/// Checks every booking with its payment, journal and nights, orphaned and damaged rows, and the audit log.
/// Read-only. Reports the number of bookings done and the initial total after each batch.
///
/// # Errors
/// [`RepositoryError`].
pub async fn check(
    ports: &Ports,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<IntegrityReport, RepositoryError> {
    let all = ports.ledger.count_bookings().await?;
    let (mut bookings, mut entries, mut findings) = (0, 0, Vec::new());
    let mut after = None;
    loop {
        let page = ports.ledger.booking_snapshots(after, BATCH).await?;
        if page.last.is_none() {
            break;
        }
        after = page.last;
        bookings += page.damaged.len() as u64;
        findings.extend(page.damaged);
        for snapshot in &page.snapshots {
            bookings += 1;
            entries += snapshot.journal.len() as u64;
            findings.extend(check_integrity(snapshot));
        }
        progress(bookings, all);
    }
    findings.extend(ports.ledger.orphan_findings().await?);
    let sums = ports.ledger.balances().await?;
    let balances = sums.into_iter().map(|postings| Balances {
        currency: postings.currency(),
        postings,
    });
    let chain = ports.audit.verify_chain().await?;
    Ok(IntegrityReport {
        bookings,
        entries,
        balances: balances.collect(),
        findings,
        audit: chain,
    })
}
