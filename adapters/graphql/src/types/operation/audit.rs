//! Entries of the audit log.

use async_graphql::SimpleObject;
use sojourn_application::ports::AuditLine;

use crate::scalars::{Id, Instant};

/// An entry of the audit log. Entries are immutable.
#[derive(SimpleObject)]
pub(crate) struct AuditEntry {
    /// Sequence number, from 1 without gaps.
    number: i64,
    /// Time of the action.
    at: Instant,
    /// Id of the acting account; null if authentication failed.
    actor_id: Option<Id>,
    /// IP address of the client, if known.
    address: Option<String>,
    /// Recorded action.
    action: &'static str,
    /// Object of the action.
    subject: Option<AuditSubject>,
    /// State before the action.
    before: Option<String>,
    /// State after the action, or its result.
    after: Option<String>,
    /// Reason that the actor gave; null if none is required.
    reason: Option<String>,
    /// SHA-256 of the previous entry and this one, in lowercase hexadecimal.
    hash: String,
}

/// Object of a recorded action.
#[derive(SimpleObject)]
pub(crate) struct AuditSubject {
    /// Kind of the object.
    kind: &'static str,
    /// Id of the object.
    id: Id,
}

impl From<AuditLine> for AuditEntry {
    fn from(line: AuditLine) -> Self {
        let entry = line.entry;
        let subject = entry.subject.map(|subject| {
            let (kind, id) = subject.parts();
            AuditSubject { kind, id: Id(id) }
        });
        Self {
            number: line.number,
            at: entry.at.into(),
            actor_id: entry.actor.map(Into::into),
            address: entry.address.map(|address| address.to_string()),
            action: entry.action.as_str(),
            subject,
            before: entry.before,
            after: entry.after,
            reason: entry.reason,
            hash: line.hash,
        }
    }
}
