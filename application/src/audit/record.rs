//! Audit entries for changes by operators.

use chrono::{DateTime, Utc};
use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, AuditSubject, UserId};

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
