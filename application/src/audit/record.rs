//! Audit entries for changes by operators.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, UserId};

use crate::ports::Ports;

/// The audit entry for a change to an owner's resource; `None` if made by the owner. Permissions
/// are checked by the caller.
pub(crate) fn changed_by_operator(
    actor: &Actor,
    owner: UserId,
    subject: AuditSubject,
    now: DateTime<Utc>,
) -> Option<AuditEntry> {
    (actor.user_id != owner)
        .then(|| AuditEntry::of(actor, AuditAction::ChangedByOperator, subject, now))
}

/// Records an audit entry that cannot be part of the commit. The change is already made, so a
/// failure is only logged.
pub(crate) async fn record(ports: &Ports, entry: Option<AuditEntry>) {
    let Some(entry) = entry else {
        return;
    };
    if let Err(error) = ports.audit.append(entry.clone()).await {
        tracing::error!(?entry, %error, "an operator's change could not be recorded in the audit log");
    }
}
