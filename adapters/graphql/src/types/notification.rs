//! Notifications.

use async_graphql::SimpleObject;
use sojourn_application::notification::NotificationText;
use sojourn_application::ports::{AccountEvent, EventSubject};

use crate::scalars::{Id, Instant, NotificationSubjectKind};

/// The subject of a notification.
#[derive(SimpleObject)]
pub(crate) struct NotificationSubject {
    /// Kind of the subject.
    kind: NotificationSubjectKind,
    /// Id of the subject.
    id: Id,
}

/// A notification to the caller.
#[derive(SimpleObject)]
pub(crate) struct Notification {
    /// Id of the notification.
    id: Id,
    /// Subject of the notification.
    subject: NotificationSubject,
    /// Title, one line.
    title: String,
    /// Text in paragraphs. Lines that begin with `>` were written by a user.
    text: String,
    /// Time of the change.
    created_at: Instant,
}

impl Notification {
    pub(crate) fn new(event: &AccountEvent, content: NotificationText) -> Self {
        let (kind, id) = match event.subject {
            EventSubject::Booking(id) => (NotificationSubjectKind::Booking, id.into()),
            EventSubject::Review(id) => (NotificationSubjectKind::Review, id.into()),
            EventSubject::Account(id) => (NotificationSubjectKind::Account, id.into()),
        };
        Self {
            id: Id(event.id),
            subject: NotificationSubject { kind, id },
            title: content.title,
            text: content.text,
            created_at: event.at.into(),
        }
    }
}
