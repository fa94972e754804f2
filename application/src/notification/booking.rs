//! Texts about a booking, for its guest and its host.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Booking, BookingStatus};
use sojourn_domain::shared::{BookingRole, Stay};

use crate::notification::alteration::{AlterationEvent, alteration_event, alteration_paragraph};
use crate::notification::quotation::quote;

/// Subject and body for one party of a booking: its current status and the next steps.
pub(super) fn booking_text(
    booking: &Booking,
    title: Option<&str>,
    side: BookingRole,
) -> (String, String) {
    let stay = date_range(booking.stay);
    let status = status_label(booking.status);
    let mut body = vec![format!("The booking {stay} is {status}.")];
    body.extend(title.map(|title| format!("Property:\n{}", quote(title))));
    body.extend(status_paragraph(booking, side));
    body.extend(alteration_paragraph(booking, side));
    body.push(format!("Booking ID: {}", booking.id));
    (subject(booking, side), body.join("\n\n"))
}

fn subject(booking: &Booking, side: BookingRole) -> String {
    match (alteration_event(booking), booking.status) {
        (Some(AlterationEvent::Proposed), _) => {
            "A change to your booking has been proposed".to_owned()
        }
        (Some(AlterationEvent::Charging), _) => {
            "The change to your booking is being paid for".to_owned()
        }
        (Some(AlterationEvent::Applied), _) => "Your booking has been changed".to_owned(),
        (Some(AlterationEvent::Dropped(what)), _) => format!("The change to your booking {what}"),
        (None, BookingStatus::AwaitingHost) if side == BookingRole::Host => {
            "New booking request: please respond".to_owned()
        }
        (None, status) => format!("Your booking is {}", status_label(status)),
    }
}

/// Details of the status for this party.
fn status_paragraph(booking: &Booking, side: BookingRole) -> Option<String> {
    match booking.status {
        BookingStatus::AwaitingHost => Some(request_paragraph(booking, side)),
        BookingStatus::Confirmed => {
            let code = &booking.confirmation.as_ref()?.code;
            Some(format!("Confirmation code: {code}"))
        }
        BookingStatus::Declined => {
            let reason = booking
                .history
                .last()
                .and_then(|last| last.reason.as_deref());
            let why = reason.map_or_else(String::new, |reason| {
                format!("\n\nMessage from the host:\n{}", quote(reason))
            });
            Some(format!("No payment was taken.{why}"))
        }
        BookingStatus::Cancelled => {
            let cancellation = booking
                .cancellation
                .as_ref()
                .filter(|_| booking.confirmation.is_some())?;
            Some(format!(
                "The guest receives a refund of {}.",
                cancellation.refund.refund
            ))
        }
        BookingStatus::PendingPayment
        | BookingStatus::CheckedIn
        | BookingStatus::Completed
        | BookingStatus::Expired
        | BookingStatus::NoShow => None,
    }
}

fn request_paragraph(booking: &Booking, side: BookingRole) -> String {
    let until = booking
        .respond_by()
        .map_or_else(String::new, |at| format!(" by {}", local_time(booking, at)));
    if side == BookingRole::Guest {
        return format!(
            "The host can accept your request{until}. Your card is charged only if the host accepts."
        );
    }
    let asked = format!(
        "Guests: {}\nTotal: {}\n\nPlease accept or decline the request{until}.",
        booking.guests.total_counted(),
        booking.price.total
    );
    match &booking.message {
        Some(message) => format!("{asked}\n\nMessage from the guest:\n{}", quote(message)),
        None => asked,
    }
}

pub(super) fn date_range(stay: Stay) -> String {
    format!("from {} to {}", stay.check_in(), stay.check_out())
}

/// An instant in the property's local time.
pub(super) fn local_time(booking: &Booking, at: DateTime<Utc>) -> String {
    at.with_timezone(&booking.zone)
        .format("%Y-%m-%d %H:%M (%Z)")
        .to_string()
}

const fn status_label(status: BookingStatus) -> &'static str {
    match status {
        BookingStatus::PendingPayment => "awaiting payment",
        BookingStatus::AwaitingHost => "awaiting the host's response",
        BookingStatus::Confirmed => "confirmed",
        BookingStatus::CheckedIn => "checked in",
        BookingStatus::Completed => "completed",
        BookingStatus::Cancelled => "cancelled",
        BookingStatus::Declined => "declined",
        BookingStatus::Expired => "expired",
        BookingStatus::NoShow => "marked as a no-show",
    }
}
