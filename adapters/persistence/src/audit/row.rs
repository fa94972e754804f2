//! Lines of the audit log as rows, and their hashes.

use chrono::{NaiveDateTime, SubsecRound};
use diesel::prelude::*;
use sojourn_application::ports::AuditLine;
use sojourn_domain::shared::{AuditAction, AuditEntry, AuditSubject, RepositoryError};

use crate::columns::enums::known;
use crate::columns::hash::sha256;
use crate::columns::json::to_json;
use crate::columns::uuid::UuidColumn;
use crate::columns::{address, text, timestamp};
use crate::schema::audit::audit_log;

/// The previous hash of the first line.
pub(crate) const ORIGIN: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A row of `audit_log`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, QueryableByName)]
#[diesel(table_name = audit_log, treat_none_as_default_value = false)]
pub(crate) struct AuditRow {
    pub(crate) number: i64,
    pub(crate) at: NaiveDateTime,
    actor_id: Option<UuidColumn>,
    address: Option<String>,
    action: String,
    subject_kind: Option<String>,
    subject_id: Option<UuidColumn>,
    #[diesel(column_name = was)]
    before: Option<String>,
    #[diesel(column_name = became)]
    after: Option<String>,
    pub(crate) previous_hash: String,
    pub(crate) hash: String,
    pub(crate) seal: Option<String>,
    reason: Option<String>,
}

impl AuditRow {
    /// The row of an entry that follows the line with this number and hash.
    pub(crate) fn following(
        last: Option<(i64, String)>,
        entry: &AuditEntry,
    ) -> Result<Self, RepositoryError> {
        let (number, previous_hash) = last.unwrap_or_else(|| (0, ORIGIN.to_owned()));
        let subject = entry.subject.map(AuditSubject::parts);
        let mut row = Self {
            number: number + 1,
            // The precision of all databases: the hash must be the same when the line is read again.
            at: timestamp::to_db(entry.at.trunc_subsecs(6)),
            actor_id: entry.actor.map(Into::into),
            address: entry.address.map(address::to_db),
            action: entry.action.as_str().to_owned(),
            subject_kind: subject.map(|(kind, _)| kind.to_owned()),
            subject_id: subject.map(|(_, id)| UuidColumn(id)),
            before: entry.before.as_deref().map(text::to_db),
            after: entry.after.as_deref().map(text::to_db),
            reason: entry.reason.as_deref().map(text::to_db),
            previous_hash,
            hash: String::new(),
            seal: None,
        };
        row.hash = row.digest()?;
        Ok(row)
    }

    /// SHA-256, in hexadecimal, over a JSON array: the hash of the line before, the number, the microseconds since
    /// 1970, and then account, address, action, kind and id of the subject, before and after, each as text or null;
    /// then the reason, if there is one. Lines of versions that kept no reasons have none.
    pub(crate) fn digest(&self) -> Result<String, RepositoryError> {
        let id = |column: Option<UuidColumn>| column.map(|column| column.0.to_string());
        let fields = (
            &self.previous_hash,
            self.number,
            self.at.and_utc().timestamp_micros(),
            id(self.actor_id),
            &self.address,
            &self.action,
            &self.subject_kind,
            id(self.subject_id),
            &self.before,
            &self.after,
        );
        let json = match &self.reason {
            Some(reason) => {
                let (previous, number, at, actor, address, action, kind, id, before, after) =
                    fields;
                to_json(&(
                    previous, number, at, actor, address, action, kind, id, before, after, reason,
                ))?
            }
            None => to_json(&fields)?,
        };
        Ok(sha256(&json))
    }

    /// The line of a row.
    pub(crate) fn into_line(self) -> Result<AuditLine, RepositoryError> {
        let subject = self.subject_kind.zip(self.subject_id);
        let subject = subject.map(|(kind, id)| {
            known(
                AuditSubject::from_parts(&kind, id.0),
                "audit_log.subject_kind",
            )
        });
        let address = self
            .address
            .map(|text| address::from_db(&text, "audit_log.address"));
        Ok(AuditLine {
            number: self.number,
            entry: AuditEntry {
                at: timestamp::from_db(self.at),
                actor: self.actor_id.map(Into::into),
                address: address.transpose()?,
                by_operator: false,
                action: known(AuditAction::parse(&self.action), "audit_log.action")?,
                subject: subject.transpose()?,
                before: self.before,
                after: self.after,
                reason: self.reason,
            },
            hash: self.hash,
        })
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::{Actor, UserId};
    use uuid::Uuid;

    use super::*;

    fn entry() -> AuditEntry {
        let id = UserId::new(Uuid::from_u128(7));
        let actor = Actor {
            address: Some("192.0.2.7".parse().unwrap()),
            ..Actor::operator(id)
        };
        let at = "2026-07-01T12:00:00.123456789Z".parse().unwrap();
        let action = AuditAction::AccountSuspended;
        AuditEntry::of(&actor, action, AuditSubject::User(id), at)
            .with_change("active", "suspended")
            .with_reason("spam")
    }

    #[test]
    fn the_hash_covers_every_field() {
        let row = AuditRow::following(None, &entry()).unwrap();
        assert_eq!(
            (row.number, row.previous_hash.as_str(), row.hash.len()),
            (1, ORIGIN, 64)
        );
        let other = UuidColumn(Uuid::from_u128(8));
        let changes: [fn(&mut AuditRow, UuidColumn); 15] = [
            |row, _| row.number = 2,
            |row, _| row.at += chrono::TimeDelta::microseconds(1),
            |row, other| row.actor_id = Some(other),
            |row, _| row.actor_id = None,
            |row, _| row.address = Some("192.0.2.8".to_owned()),
            |row, _| row.action = "account_reinstated".to_owned(),
            |row, _| row.subject_kind = Some("booking".to_owned()),
            |row, other| row.subject_id = Some(other),
            |row, _| row.before = Some("\"active\"".to_owned()),
            |row, _| row.before = None,
            |row, _| {
                (row.before, row.after) = (Some("activ".to_owned()), Some("esuspended".to_owned()));
            },
            |row, _| row.reason = None,
            |row, _| row.reason = Some("\"spam\"".to_owned()),
            |row, _| {
                (row.after, row.reason) = (Some("suspendeds".to_owned()), Some("pam".to_owned()));
            },
            |row, _| row.previous_hash = ORIGIN.replace('0', "1"),
        ];
        for (n, change) in changes.into_iter().enumerate() {
            let mut changed = row.clone();
            change(&mut changed, other);
            assert_ne!(changed.digest().unwrap(), row.hash, "change {n}");
        }
    }

    #[test]
    fn a_line_reads_back_as_the_recorded_entry() {
        let row = AuditRow::following(Some((4, "f".repeat(64))), &entry()).unwrap();
        let line = row.into_line().unwrap();
        assert_eq!(line.number, 5);
        let at = "2026-07-01T12:00:00.123456Z".parse().unwrap();
        let stored = AuditEntry {
            at,
            by_operator: false,
            ..entry()
        };
        assert_eq!(line.entry, stored);
        let anonymous = AuditEntry {
            at,
            by_operator: false,
            actor: None,
            address: None,
            subject: None,
            ..entry()
        };
        let line = AuditRow::following(None, &anonymous.clone().with_result("POST /\0"))
            .unwrap()
            .into_line()
            .unwrap();
        assert_eq!(line.entry, anonymous.with_result("POST /"));
    }

    #[test]
    fn the_hash_is_that_of_the_documented_array() {
        let row = AuditRow::following(None, &entry()).unwrap();
        let id = "00000000-0000-0000-0000-000000000007";
        let array = format!(
            "[\"{ORIGIN}\",1,1782907200123456,\"{id}\",\"192.0.2.7\",\"account_suspended\",\"user\",\"{id}\",\
             \"active\",\"suspended\",\"spam\"]"
        );
        assert_eq!(row.hash, sha256(&array));
        // A line of a version that kept no reasons.
        let without = AuditEntry {
            reason: None,
            ..entry()
        };
        let row = AuditRow::following(None, &without).unwrap();
        assert_eq!(row.hash, sha256(&array.replace(",\"spam\"]", "]")));
    }
}
