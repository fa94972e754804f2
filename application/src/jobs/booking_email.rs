//! Mails about a booking, for its guest and its host.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{Alteration, Booking, BookingStatus};
use sojourn_domain::shared::{BookingRole, Stay};

/// Subject and body for one party of a booking: its current status and the next steps.
pub(super) fn booking_email(booking: &Booking, title: &str, side: BookingRole) -> (String, String) {
    let stay = date_range(booking.stay);
    let mut body = vec![format!(
        "The booking for {title} {stay} is {}.",
        status_label(booking.status)
    )];
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
                format!(" Message from the host: {reason}")
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
        Some(message) => format!("{asked}\n\nMessage from the guest: {message}"),
        None => asked,
    }
}

/// The latest event of an alteration.
enum AlterationEvent {
    Proposed,
    Charging,
    Applied,
    Dropped(&'static str),
}

/// The latest event of the booking, if it concerns an alteration.
fn alteration_event(booking: &Booking) -> Option<AlterationEvent> {
    let last = booking
        .history
        .last()
        .filter(|last| last.from == Some(last.to))?;
    let reason = last.reason.as_deref()?;
    let dropped = [
        ("alteration declined", "was declined"),
        ("alteration withdrawn", "was withdrawn"),
        ("alteration expired", "expired without an answer"),
        (
            "alteration refused",
            "failed because the payment was declined",
        ),
    ];
    if let Some((_, what)) = dropped
        .into_iter()
        .find(|(word, _)| reason.starts_with(word))
    {
        return Some(AlterationEvent::Dropped(what));
    }
    Some(match &booking.alteration {
        Some(asked) if asked.charge.is_some() => AlterationEvent::Charging,
        Some(_) => AlterationEvent::Proposed,
        None => AlterationEvent::Applied,
    })
}

fn alteration_paragraph(booking: &Booking, side: BookingRole) -> Option<String> {
    let (guests, total) = (booking.guests.total_counted(), booking.price.total);
    Some(match (alteration_event(booking)?, &booking.alteration) {
        (AlterationEvent::Proposed, Some(asked)) => proposal_paragraph(booking, asked, side),
        (AlterationEvent::Charging, Some(asked)) => {
            format!(
                "The guest and the host agreed to change the booking:\n\n{}\n\nThe price difference is being charged.",
                describe_stay(asked)
            )
        }
        (AlterationEvent::Dropped(what), _) => {
            format!(
                "The proposed change {what}. The booking stays as it was:\n\nGuests: {guests}\nTotal: {total}"
            )
        }
        (AlterationEvent::Applied | AlterationEvent::Proposed | AlterationEvent::Charging, _) => {
            format!("The booking has been changed:\n\nGuests: {guests}\nTotal: {total}")
        }
    })
}

fn proposal_paragraph(booking: &Booking, asked: &Alteration, side: BookingRole) -> String {
    let who = if asked.by == BookingRole::Host {
        "The host"
    } else {
        "The guest"
    };
    let price = match asked.difference(&booking.price) {
        Ok(difference) if difference.amount() > 0 => format!(" ({difference} more than now)"),
        Ok(difference) if difference.amount() < 0 => {
            format!(" (a difference of {difference}, which will be refunded)")
        }
        _ => String::new(),
    };
    let until = local_time(booking, asked.expires_at);
    let then = if asked.by == side {
        format!("The other party can accept the change by {until}.")
    } else {
        format!("Please accept or decline the change by {until}.")
    };
    format!(
        "{who} would like to change the booking:\n\n{}{price}\n\n{then}",
        describe_stay(asked)
    )
}

fn describe_stay(asked: &Alteration) -> String {
    let (stay, guests) = (date_range(asked.stay), asked.guests.total_counted());
    format!(
        "Dates: {stay}\nGuests: {guests}\nTotal: {}",
        asked.price.total
    )
}

fn date_range(stay: Stay) -> String {
    format!("from {} to {}", stay.check_in(), stay.check_out())
}

/// An instant in the property's local time.
fn local_time(booking: &Booking, at: DateTime<Utc>) -> String {
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use sojourn_domain::booking::{
        NewAlteration, NewBooking, Price, RatePlan, RefundPolicy, price,
    };
    use sojourn_domain::property::Calendar;
    use sojourn_domain::shared::{
        AlterationId, BookingId, Guests, MarketplaceTerms, PaymentEntryId, UserId,
    };
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{listed, now};

    fn guests() -> Guests {
        Guests::try_new(2, 0, 0, 0).unwrap()
    }

    fn priced(stay: &str) -> Price {
        let terms = MarketplaceTerms::default();
        let (calendar, stay) = (Calendar::default(), stay.parse().unwrap());
        price(
            &listed(),
            &calendar,
            stay,
            guests(),
            RatePlan::Standard,
            &terms,
            now(),
        )
        .unwrap()
    }

    fn requested() -> Booking {
        let new = NewBooking {
            id: BookingId::new(Uuid::from_u128(4)),
            guest_id: UserId::new(Uuid::from_u128(2)),
            stay: "2026-07-10/2026-07-13".parse().unwrap(),
            guests: guests(),
            price: priced("2026-07-10/2026-07-13"),
            policy: RefundPolicy::Flexible,
            terms: MarketplaceTerms::default(),
            message: Some("We are two.".into()),
        };
        Booking::hold(&listed(), new, now())
            .unwrap()
            .booking
            .record_authorization(now())
            .unwrap()
            .booking
    }

    fn proposed(by: BookingRole) -> Booking {
        let stay = "2026-07-10/2026-07-14";
        let id = AlterationId::new(Uuid::from_u128(5));
        let new = NewAlteration {
            id,
            stay: stay.parse().unwrap(),
            guests: guests(),
            price: priced(stay),
        };
        let booking = requested()
            .confirm_acceptance("ABCDEFGHJK".into(), now())
            .unwrap()
            .booking;
        booking.alter(by, new, now()).unwrap().booking
    }

    fn assert_email(booking: &Booking, side: BookingRole, subject: &str, texts: &[&str]) {
        let email = booking_email(booking, "Loft", side);
        assert_eq!(email.0, subject);
        for text in texts {
            assert!(email.1.contains(text), "{text:?} is not in {:?}", email.1);
        }
    }

    #[test]
    fn a_request_asks_the_host_and_informs_the_guest() {
        let booking = requested();
        let asked = [
            "Please accept or decline the request by 2026-06-02 08:00 (EDT).",
            "Message from the guest: We are two.",
        ];
        assert_email(
            &booking,
            BookingRole::Host,
            "New booking request: please respond",
            &asked,
        );
        let notified = [
            "from 2026-07-10 to 2026-07-13",
            "Your card is charged only if the host accepts.",
        ];
        assert_email(
            &booking,
            BookingRole::Guest,
            "Your booking is awaiting the host's response",
            &notified,
        );
    }

    #[test]
    fn its_answer_is_mailed_to_both() {
        let accepted = requested()
            .confirm_acceptance("ABCDEFGHJK".into(), now())
            .unwrap()
            .booking;
        assert_email(
            &accepted,
            BookingRole::Guest,
            "Your booking is confirmed",
            &["Confirmation code: ABCDEFGHJK"],
        );
        let declined = requested()
            .decline(BookingRole::Host, Some("Full.".into()), now())
            .unwrap()
            .booking;
        let why = "No payment was taken. Message from the host: Full.";
        assert_email(
            &declined,
            BookingRole::Guest,
            "Your booking is declined",
            &[why],
        );
    }

    #[test]
    fn a_proposal_asks_the_other_side() {
        let subject = "A change to your booking has been proposed";
        let proposed_stay = "Dates: from 2026-07-10 to 2026-07-14\nGuests: 2\nTotal: 456.80 USD (114.20 USD more than now)";
        let booking = proposed(BookingRole::Host);
        assert_email(
            &booking,
            BookingRole::Guest,
            subject,
            &[
                "The host would like",
                proposed_stay,
                "Please accept or decline the change by",
            ],
        );
        assert_email(
            &booking,
            BookingRole::Host,
            subject,
            &["The other party can accept the change by"],
        );
    }

    #[test]
    fn the_outcome_of_a_proposal_is_mailed() {
        let call = PaymentEntryId::new(Uuid::from_u128(6));
        let declined = proposed(BookingRole::Guest)
            .decline_alteration(BookingRole::Host, now())
            .unwrap()
            .booking;
        let as_it_was = "The booking stays as it was:\n\nGuests: 2\nTotal: 342.60 USD";
        assert_email(
            &declined,
            BookingRole::Guest,
            "The change to your booking was declined",
            &[as_it_was],
        );
        let accepted = proposed(BookingRole::Guest)
            .accept_alteration(BookingRole::Host, Some(call), now())
            .unwrap()
            .booking;
        assert_email(
            &accepted,
            BookingRole::Guest,
            "The change to your booking is being paid for",
            &["is being charged"],
        );
        let paid = accepted
            .clone()
            .record_alteration_capture(call, now())
            .unwrap()
            .booking;
        let changed = "The booking has been changed:\n\nGuests: 2\nTotal: 456.80 USD";
        assert_email(
            &paid,
            BookingRole::Host,
            "Your booking has been changed",
            &["to 2026-07-14 is confirmed.", changed],
        );
        let unpaid = accepted
            .record_alteration_decline(call, "card_declined".into(), now())
            .unwrap()
            .booking;
        assert_email(
            &unpaid,
            BookingRole::Host,
            "The change to your booking failed because the payment was declined",
            &[as_it_was],
        );
        let late = now() + TimeDelta::hours(25);
        let expired = proposed(BookingRole::Guest).time_out(late).unwrap().booking;
        assert_email(
            &expired,
            BookingRole::Host,
            "The change to your booking expired without an answer",
            &[as_it_was],
        );
    }
}
