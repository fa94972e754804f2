//! Appending events within the transaction of the change.

use chrono::{DateTime, Utc};
use sojourn_application::ports::EventSubject;
use sojourn_domain::booking::Booking;
use sojourn_domain::review::Review;
use sojourn_domain::shared::{BookingRole, Notification};

use super::row::EventRow;
use crate::dialect::macros::insert_rows;
use crate::engine::connection::AnyConnection;
use crate::engine::errors::TxError;
use crate::schema::jobs::account_events;

/// Tells guest and host that a booking changed, with the notification of it if there is one.
pub(crate) fn append_booking_events(
    conn: &mut AnyConnection,
    booking: &Booking,
    notifications: &[Notification],
) -> Result<(), TxError> {
    let subject = EventSubject::Booking(booking.id);
    let about = |it: &&Notification| matches!(it, Notification::BookingChanged { booking_id } if *booking_id == booking.id);
    let notification = notifications.iter().find(about);
    let event = |user_id, side| {
        let notification = notification.map(|it| (it, Some(side)));
        EventRow::new(user_id, subject, notification, booking.updated_at)
    };
    let rows = [
        event(booking.guest_id, BookingRole::Guest)?,
        event(booking.host_id, BookingRole::Host)?,
    ];
    insert(conn, &rows)
}

/// Tells the addressees of reviews that these were published.
pub(crate) fn append_review_events(
    conn: &mut AnyConnection,
    reviews: &[Review],
    notifications: &[Notification],
) -> Result<(), TxError> {
    let mut rows = Vec::new();
    for notification in notifications {
        let Notification::ReviewPublished { review_id } = notification else {
            continue;
        };
        if let Some(review) = reviews.iter().find(|review| review.id == *review_id) {
            let subject = EventSubject::Review(review.id);
            let notification = Some((notification, None));
            let (user_id, at) = (review.addressee_id, review.updated_at);
            rows.push(EventRow::new(user_id, subject, notification, at)?);
        }
    }
    insert(conn, &rows)
}

/// Tells the owner of an account that its login changed.
pub(crate) fn append_account_events(
    conn: &mut AnyConnection,
    notifications: &[Notification],
    at: DateTime<Utc>,
) -> Result<(), TxError> {
    let mut rows = Vec::new();
    for notification in notifications {
        if let Notification::SecurityChanged { user_id, .. } = notification {
            let subject = EventSubject::Account(*user_id);
            let notification = Some((notification, None));
            rows.push(EventRow::new(*user_id, subject, notification, at)?);
        }
    }
    insert(conn, &rows)
}

fn insert(conn: &mut AnyConnection, rows: &[EventRow]) -> Result<(), TxError> {
    if !rows.is_empty() {
        insert_rows!(conn, account_events::table, rows)?;
    }
    Ok(())
}
