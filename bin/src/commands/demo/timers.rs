//! Background work that is due, done at once.

use std::collections::HashSet;
use std::sync::Arc;

use sojourn_application::jobs::{Handoff, SubjectWork, Work as _};
use sojourn_application::ports::{JobKind, Ports};
use sojourn_domain::shared::RepositoryError;

/// Kinds of work that time causes, in the order in which one causes the next.
const KINDS: [JobKind; 5] = [
    JobKind::BookingTimer,
    JobKind::GatewayCall,
    JobKind::Refund,
    JobKind::Payout,
    JobKind::Review,
];

/// Pieces of work of a kind that are taken at once.
const BATCH: usize = 100;

/// Rounds after which work that is still due is left to the worker.
const MAX_ROUNDS: usize = 20;

/// Does what is due: expires, completes, pays out and publishes. Work that fails stays due for the worker.
pub(super) async fn run_due(ports: &Ports) -> Result<(), RepositoryError> {
    let handoff = Arc::new(Handoff::default());
    let idle = HashSet::new();
    for kind in KINDS {
        let work = SubjectWork::new(ports.clone(), kind, Arc::clone(&handoff));
        for _ in 0..MAX_ROUNDS {
            let due = work.take(BATCH, &idle).await?;
            if due.is_empty() {
                break;
            }
            for item in due {
                let outcome = work.attempt(&item).await;
                work.record(item, outcome).await?;
            }
        }
    }
    Ok(())
}
