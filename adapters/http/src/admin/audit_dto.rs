//! The audit log as operators see it.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ports::AuditLine;
use sojourn_domain::shared::{AuditAction, AuditSubject, UserId};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

/// One line of the audit log. Lines are never changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditLine)]
pub struct AuditLineDto {
    /// Its number, from 1 on without a gap.
    #[schema(minimum = 1)]
    pub number: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Who; null when they were not let in.
    #[schema(required = true, value_type = Option<String>, format = "uuid")]
    pub actor_id: Option<UserId>,
    /// From which network address, where that is known.
    #[schema(required = true)]
    pub address: Option<String>,
    /// What was done.
    #[schema(value_type = AuditActionWord)]
    pub action: &'static str,
    /// To what.
    #[schema(required = true)]
    pub subject: Option<AuditSubjectDto>,
    /// What it was.
    #[schema(required = true)]
    pub before: Option<String>,
    /// What it became, or why.
    #[schema(required = true)]
    pub after: Option<String>,
    /// SHA-256 over the line before it and this one, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub hash: String,
}

/// What something was done to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditSubject)]
pub struct AuditSubjectDto {
    /// What kind of thing.
    #[schema(value_type = AuditSubjectWord)]
    pub kind: &'static str,
    /// Which.
    #[schema(value_type = String, format = "uuid")]
    pub id: Uuid,
}

/// A page of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditList {
    /// The lines.
    pub data: Vec<AuditLineDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

/// Schema of [`AuditAction`].
#[derive(Debug)]
pub struct AuditActionWord;

impl PartialSchema for AuditActionWord {
    fn schema() -> RefOr<Schema> {
        words(AuditAction::ALL.iter().map(|action| action.as_str()))
    }
}

impl ToSchema for AuditActionWord {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AuditActionWord")
    }
}

/// Schema of the kinds of [`AuditSubject`].
#[derive(Debug)]
pub struct AuditSubjectWord;

impl AuditSubjectWord {
    const ALL: [&'static str; 5] = ["user", "property", "booking", "payment", "session"];
}

impl PartialSchema for AuditSubjectWord {
    fn schema() -> RefOr<Schema> {
        words(Self::ALL.into_iter())
    }
}

impl ToSchema for AuditSubjectWord {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("AuditSubjectWord")
    }
}

fn words(all: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
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
            hash: line.hash,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_subject_has_a_word() {
        for kind in AuditSubjectWord::ALL {
            let subject = AuditSubject::of_parts(kind, Uuid::nil()).unwrap();
            assert_eq!(AuditSubjectDto::from(subject).kind, kind);
        }
    }
}
