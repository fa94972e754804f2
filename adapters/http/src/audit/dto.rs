//! Audit log entries as JSON.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ports::AuditLine;
use sojourn_domain::shared::{AuditAction, AuditSubject, UserId};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

/// An entry of the audit log. Entries are immutable.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct AuditLineDto {
    /// Sequence number, from 1 without gaps.
    #[schema(minimum = 1)]
    pub number: i64,
    /// Time of the action (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Id of the acting account; null if authentication failed.
    #[schema(required = true, value_type = Option<String>, format = "uuid")]
    pub actor_id: Option<UserId>,
    /// IP address of the client, if known.
    #[schema(required = true)]
    pub address: Option<String>,
    /// Recorded action.
    #[schema(value_type = AuditActionSchema)]
    pub action: &'static str,
    /// Object of the action.
    #[schema(required = true)]
    pub subject: Option<AuditSubjectDto>,
    /// State before the action.
    #[schema(required = true)]
    pub before: Option<String>,
    /// State after the action, or its result.
    #[schema(required = true)]
    pub after: Option<String>,
    /// Reason that the actor gave; null if none is required. Entries of earlier versions have it in
    /// `after`.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// SHA-256 of the previous entry and this one, in lowercase hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub hash: String,
}

/// Object of a recorded action.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditSubject)]
pub struct AuditSubjectDto {
    /// Kind of the object.
    #[schema(value_type = AuditSubjectSchema)]
    pub kind: &'static str,
    /// Id of the object.
    #[schema(value_type = String, format = "uuid")]
    pub id: Uuid,
}

/// A page of the audit log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntryList)]
pub struct AuditList {
    /// Items on this page.
    pub data: Vec<AuditLineDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// Schema of [`AuditAction`].
#[derive(Debug)]
pub struct AuditActionSchema;

impl PartialSchema for AuditActionSchema {
    fn schema() -> RefOr<Schema> {
        string_enum(AuditAction::ALL.iter().map(|action| action.as_str()))
    }
}

impl ToSchema for AuditActionSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AuditAction")
    }
}

/// Schema of the kinds of [`AuditSubject`].
#[derive(Debug)]
pub struct AuditSubjectSchema;

impl AuditSubjectSchema {
    /// All kinds.
    pub(super) const ALL: [&'static str; 5] = ["user", "property", "booking", "payment", "session"];
}

impl PartialSchema for AuditSubjectSchema {
    fn schema() -> RefOr<Schema> {
        string_enum(Self::ALL.into_iter())
    }
}

impl ToSchema for AuditSubjectSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AuditSubjectKind")
    }
}

fn string_enum(all: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(all))
        .into()
}

impl From<AuditSubject> for AuditSubjectDto {
    fn from(subject: AuditSubject) -> Self {
        let (kind, id) = subject.parts();
        Self { kind, id }
    }
}

impl From<AuditLine> for AuditLineDto {
    fn from(line: AuditLine) -> Self {
        let entry = line.entry;
        Self {
            number: line.number,
            at: entry.at,
            actor_id: entry.actor,
            address: entry.address.map(|address| address.to_string()),
            action: entry.action.as_str(),
            subject: entry.subject.map(Into::into),
            before: entry.before,
            after: entry.after,
            reason: entry.reason,
            hash: line.hash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_subject_has_a_word() {
        for kind in AuditSubjectSchema::ALL {
            let subject = AuditSubject::from_parts(kind, Uuid::nil()).unwrap();
            assert_eq!(AuditSubjectDto::from(subject).kind, kind);
        }
    }
}
