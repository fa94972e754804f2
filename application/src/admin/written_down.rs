//! What operators do to what is somebody else's, in the audit log.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, UserId};

use crate::ports::Ports;

/// The line about a change of something of an owner's; none when the owner makes it. Who may change it at all was
/// asked before.
pub(crate) fn changed_by_operator(
    actor: &Actor,
    owner: UserId,
    subject: AuditSubject,
    now: DateTime<Utc>,
) -> Option<AuditEntry> {
    (actor.user_id != owner)
        .then(|| AuditEntry::of(actor, AuditAction::ChangedByOperator, subject, now))
}

/// Writes a line down that the commit of its change has no room for. The change is made, so that a failure is logged
/// and no more.
pub(crate) async fn write_down(ports: &Ports, entry: Option<AuditEntry>) {
    let Some(entry) = entry else {
        return;
    };
    if let Err(error) = ports.audit.append(entry.clone()).await {
        tracing::error!(?entry, %error, "what an operator did is missing from the audit log");
    }
}
