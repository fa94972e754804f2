//! Title and text of a notification.

use sojourn_domain::booking::Booking;
use sojourn_domain::review::Review;
use sojourn_domain::shared::{BookingRole, Notification, RepositoryError, SecurityChange};

use crate::notification::booking::booking_text;
use crate::notification::quotation::quote;
use crate::ports::{EventNotification, Ports};

/// Title and text of a notification, in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationText {
    /// One line.
    pub title: String,
    /// Paragraphs. What users wrote is marked as a quotation.
    pub text: String,
}

/// Title and text of a notification, as of now; `None` if its subject no longer exists, or if it carries a one-time
/// link, which is mailed only.
///
/// # Errors
/// [`RepositoryError`].
pub async fn notification_text(
    ports: &Ports,
    event: &EventNotification,
) -> Result<Option<NotificationText>, RepositoryError> {
    match (&event.notification, event.side) {
        (Notification::BookingChanged { booking_id }, Some(side)) => {
            match ports.bookings.get(*booking_id).await? {
                Some(booking) => booking_content(ports, &booking, side).await.map(Some),
                None => Ok(None),
            }
        }
        (Notification::ReviewPublished { review_id }, _) => {
            let review = ports.reviews.get(*review_id).await?;
            Ok(review.map(|review| review_content(ports, &review)))
        }
        (Notification::SecurityChanged { what, .. }, _) => Ok(Some(security_content(*what))),
        _ => Ok(None),
    }
}

/// The present state of a booking, for one side.
pub(crate) async fn booking_content(
    ports: &Ports,
    booking: &Booking,
    side: BookingRole,
) -> Result<NotificationText, RepositoryError> {
    let property = ports.properties.get(booking.property_id).await?;
    let property = property.as_ref();
    let name = property.and_then(|it| it.details.title.as_deref());
    let (title, text) = booking_text(booking, name, side);
    Ok(NotificationText { title, text })
}

/// A review that was published, for its addressee.
pub(crate) fn review_content(ports: &Ports, review: &Review) -> NotificationText {
    let days = ports.terms.response_days;
    let comment = quote(&review.text.public_comment);
    NotificationText {
        title: "You have a new review".to_owned(),
        text: format!(
            "A new review of you or your property has been published:\n\n{comment}\n\nYou can post one public \
             response within {days} days."
        ),
    }
}

/// A change of an account's login, for its owner.
pub(crate) fn security_content(what: SecurityChange) -> NotificationText {
    let (title, change) = match what {
        SecurityChange::Password => (
            "Your password was changed",
            "The password of your account has been changed.",
        ),
        SecurityChange::SecondFactorOn => (
            "Two-factor authentication was turned on",
            "Two-factor authentication has been turned on. From now on, logging in to your account \
             requires a code from your authenticator app in addition to your password.",
        ),
        SecurityChange::SecondFactorOff => (
            "Two-factor authentication was turned off",
            "Two-factor authentication has been turned off. Logging in to your account now requires \
             only your password.",
        ),
        SecurityChange::WrongCodes => (
            "Wrong codes were entered for your account",
            "Someone entered your password and then five wrong codes in a row. Your account is still protected \
             by your authenticator app, but your password is known.",
        ),
    };
    NotificationText {
        title: title.to_owned(),
        text: format!(
            "{change}\n\nIf this was you, you do not need to do anything. If it was not, request a new \
             password immediately. Setting it ends all sessions of your account."
        ),
    }
}
