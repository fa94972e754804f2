//! Examining everything, booking by booking.

use sojourn_domain::ledger::{Finding, audit};
use sojourn_domain::shared::StoreError;

use crate::ports::{AuditChain, Balances, Ports};

/// How many bookings are read at once.
const BATCH: u32 = 200;

/// What an examination found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many bookings were examined.
    pub bookings: u64,
    /// How many entries of the journal they have.
    pub entries: u64,
    /// The journal summed, one a currency.
    pub balances: Vec<Balances>,
    /// Everything that is wrong with the books; empty when all is well.
    pub findings: Vec<Finding>,
    /// Whether the audit log is whole.
    pub audit: AuditChain,
}

/// Examines every booking with its payment, journal and nights, what belongs to no booking, and the audit log.
/// Changes nothing. Tells after each batch how many bookings are done, and how many there were at the start.
///
/// # Errors
/// [`StoreError`].
pub async fn examine(
    ports: &Ports,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Report, StoreError> {
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
            findings.extend(audit(dossier));
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
