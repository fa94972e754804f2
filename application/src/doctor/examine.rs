//! Integrity check of all stored data, booking by booking.

use sojourn_domain::ledger::{Finding, check_integrity};
use sojourn_domain::shared::RepositoryError;

use crate::ports::{AuditChain, Balances, Ports};

/// Bookings per batch.
const BATCH: u32 = 200;

/// Result of an integrity check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
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

/// Checks every booking with its payment, journal and nights, orphaned rows, and the audit log.
/// Read-only. Reports the number of bookings done and the initial total after each batch.
///
/// # Errors
/// [`RepositoryError`].
pub async fn examine(
    ports: &Ports,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Report, RepositoryError> {
    let all = ports.ledger.count_bookings().await?;
    let (mut bookings, mut entries, mut findings) = (0, 0, Vec::new());
    let mut after = None;
    loop {
        let dossiers = ports.ledger.dossiers(after, BATCH).await?;
        let Some(last) = dossiers.last() else { break };
        after = Some(last.booking.id);
        for dossier in &dossiers {
            bookings += 1;
            entries += dossier.journal.len() as u64;
            findings.extend(check_integrity(dossier));
        }
        progress(bookings, all);
    }
    findings.extend(ports.ledger.stray_findings().await?);
    let sums = ports.ledger.balances().await?;
    let balances = sums.into_iter().map(|postings| Balances {
        currency: postings.currency(),
        postings,
    });
    let chain = ports.audit.examine().await?;
    Ok(Report {
        bookings,
        entries,
        balances: balances.collect(),
        findings,
        audit: chain,
    })
}
