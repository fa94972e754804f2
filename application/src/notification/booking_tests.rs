//! Texts about a booking.

use chrono::TimeDelta;
use sojourn_domain::booking::{Booking, NewAlteration, NewBooking, Offer, StayRequest};
use sojourn_domain::property::Calendar;
use sojourn_domain::shared::{
    AlterationId, BookingId, BookingRole, Guests, MarketplaceTerms, PaymentEntryId, UserId,
};
use uuid::Uuid;

use crate::notification::booking::booking_text;
use crate::test_support::test_ports::{listed, now};

fn guests() -> Guests {
    Guests::try_new(2, 0, 0, 0).unwrap()
}

fn requested() -> Booking {
    let stay = "2026-07-10/2026-07-13".parse().unwrap();
    let terms = MarketplaceTerms::default();
    let quote = Offer::new(&listed(), &Calendar::free_for(&listed(), stay), &terms)
        .quote(StayRequest::new(stay, guests()), now())
        .unwrap();
    let new = NewBooking {
        id: BookingId::new(Uuid::from_u128(4)),
        guest_id: UserId::new(Uuid::from_u128(2)),
        quote,
        message: Some("We are two.".into()),
    };
    Booking::hold(&listed(), new, now())
        .unwrap()
        .booking()
        .record_authorization(now())
        .unwrap()
        .into_booking()
}

fn proposed(by: BookingRole) -> Booking {
    proposed_stay(by, "2026-07-10/2026-07-14")
}

fn proposed_stay(by: BookingRole, stay: &str) -> Booking {
    let id = AlterationId::new(Uuid::from_u128(5));
    let booking = requested()
        .confirm_acceptance("ABCDEFGHJK".into(), now())
        .unwrap()
        .into_booking();
    let stay = stay.parse().unwrap();
    let new = NewAlteration {
        id,
        price: booking
            .altered_price(
                &listed(),
                &Calendar::free_for(&listed(), stay),
                stay,
                guests(),
            )
            .unwrap(),
        payment_method: None,
    };
    booking.alter(by, new, now()).unwrap().into_booking()
}

fn assert_email(booking: &Booking, side: BookingRole, subject: &str, texts: &[&str]) {
    let email = booking_text(booking, Some("Loft\nDear guest"), side);
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
        "Message from the guest:\n> We are two.",
        "Property:\n> Loft\n> Dear guest\n",
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
        .into_booking();
    assert_email(
        &accepted,
        BookingRole::Guest,
        "Your booking is confirmed",
        &["Confirmation code: ABCDEFGHJK"],
    );
    let declined = requested()
        .decline(BookingRole::Host, Some("Full.".into()), now())
        .unwrap()
        .into_booking();
    let why = "No payment was taken.\n\nMessage from the host:\n> Full.";
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
        .into_booking();
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
        .into_booking();
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
        .into_booking();
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
        .into_booking();
    assert_email(
        &unpaid,
        BookingRole::Host,
        "The change to your booking failed because the payment was declined",
        &[as_it_was],
    );
    let late = now() + TimeDelta::hours(25);
    let expired = proposed(BookingRole::Guest)
        .time_out(late)
        .unwrap()
        .into_booking();
    assert_email(
        &expired,
        BookingRole::Host,
        "The change to your booking expired without an answer",
        &[as_it_was],
    );
}

#[test]
fn a_shorter_stay_tells_the_host_what_is_refunded() {
    let booking = proposed_stay(BookingRole::Guest, "2026-07-10/2026-07-12");
    assert_email(
        &booking,
        BookingRole::Host,
        "A change to your booking has been proposed",
        &["Total: 228.40 USD (if it is accepted, the guest is refunded 114.20 USD)"],
    );
}
