//! The part of a text about a booking that concerns an alteration.

use sojourn_domain::booking::{Alteration, Booking, BookingCommand};
use sojourn_domain::shared::BookingRole;

use crate::notification::booking::{date_range, local_time};

/// The latest event of an alteration.
pub(super) enum AlterationEvent {
    Proposed,
    Charging,
    Applied,
    Dropped(&'static str),
}

/// The latest event of the booking, if it concerns an alteration.
pub(super) fn alteration_event(booking: &Booking) -> Option<AlterationEvent> {
    Some(match booking.history.last()?.command? {
        BookingCommand::DeclineAlteration => AlterationEvent::Dropped("was declined"),
        BookingCommand::WithdrawAlteration => AlterationEvent::Dropped("was withdrawn"),
        BookingCommand::ExpireAlteration => AlterationEvent::Dropped("expired without an answer"),
        BookingCommand::RefuseAlteration => {
            AlterationEvent::Dropped("failed because the payment was declined")
        }
        BookingCommand::Alter
        | BookingCommand::AcceptAlteration
        | BookingCommand::PayAlteration => match &booking.alteration {
            Some(open) if open.charge.is_some() => AlterationEvent::Charging,
            Some(_) => AlterationEvent::Proposed,
            None => AlterationEvent::Applied,
        },
        BookingCommand::Capture
        | BookingCommand::Authorize
        | BookingCommand::Accept
        | BookingCommand::Decline
        | BookingCommand::Cancel
        | BookingCommand::CheckIn
        | BookingCommand::CheckOut
        | BookingCommand::MarkNoShow
        | BookingCommand::TimeOut => return None,
    })
}

/// Details of the latest event of an alteration, for this party.
pub(super) fn alteration_paragraph(booking: &Booking, side: BookingRole) -> Option<String> {
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
    let change = asked.difference(&booking.price);
    let price = match (change, asked.refund(&booking.price)) {
        (Ok(difference), _) if difference.amount() > 0 => format!(" ({difference} more than now)"),
        (_, Ok(refund)) if refund.amount() > 0 => {
            format!(" (if it is accepted, the guest is refunded {refund})")
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
