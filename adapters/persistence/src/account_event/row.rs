//! Events of accounts as rows.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{AccountEvent, EventNotification, EventSubject};
use sojourn_domain::shared::{BookingRole, Notification, RepositoryError, UserId};

use crate::columns::json::to_json;
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::errors::TxError;
use crate::job::enqueue::job_id;
use crate::job::row::{parse_recipient, recipient_word};
use crate::schema::jobs::account_events;

/// A row of `account_events`; fields in the order of the columns.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = account_events, treat_none_as_default_value = false)]
pub(super) struct EventRow {
    id: UuidColumn,
    user_id: UuidColumn,
    subject_kind: String,
    subject_id: UuidColumn,
    notice: Option<String>,
    side: Option<String>,
    created_at: NaiveDateTime,
    sequence: Option<i64>,
}

impl EventRow {
    /// A new event, without a position.
    pub(super) fn new(
        user_id: UserId,
        subject: EventSubject,
        notification: Option<(&Notification, Option<BookingRole>)>,
        at: DateTime<Utc>,
    ) -> Result<Self, TxError> {
        let created_at = timestamp::to_db(at);
        let (subject_kind, subject_id) = match subject {
            EventSubject::Booking(id) => ("booking", UuidColumn::from(id)),
            EventSubject::Review(id) => ("review", id.into()),
            EventSubject::Account(id) => ("account", id.into()),
        };
        let notice = notification.map(|(it, _)| to_json(it)).transpose()?;
        let side = notification.and_then(|(_, side)| side);
        Ok(Self {
            id: job_id(created_at)?,
            user_id: user_id.into(),
            subject_kind: subject_kind.to_owned(),
            subject_id,
            notice,
            side: side.map(|side| recipient_word(side).to_owned()),
            created_at,
            sequence: None,
        })
    }

    /// The event of a row with a position. A notification that this version cannot decode is omitted.
    ///
    /// # Errors
    /// [`RepositoryError::Internal`] if the row cannot be decoded.
    pub(super) fn into_event(self) -> Result<AccountEvent, RepositoryError> {
        let id = self.id.0;
        let unreadable =
            |what: &str| RepositoryError::Internal(format!("event {id} has an unknown {what}"));
        let subject = match self.subject_kind.as_str() {
            "booking" => EventSubject::Booking(self.subject_id.into()),
            "review" => EventSubject::Review(self.subject_id.into()),
            "account" => EventSubject::Account(self.subject_id.into()),
            _ => return Err(unreadable("subject")),
        };
        let side = self.side.as_deref().map(parse_recipient).transpose();
        let side = side.map_err(|_| unreadable("side"))?;
        let notice = self.notice.as_deref().map(serde_json::from_str);
        let notification = notice
            .and_then(Result::ok)
            .map(|notification| EventNotification { notification, side });
        let sequence = self.sequence.and_then(|it| u64::try_from(it).ok());
        Ok(AccountEvent {
            id,
            sequence: sequence.ok_or_else(|| unreadable("position"))?,
            user_id: self.user_id.into(),
            subject,
            notification,
            at: timestamp::from_db(self.created_at),
        })
    }
}
