//! Records that contradict themselves are refused.

use rstest::rstest;
use uuid::Uuid;

use crate::booking::booking::{Booking, BookingRecord};
use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::cancellation::refund_policy::RefundPolicy;
use crate::booking::lifecycle::transitions::BookingStatus;
use crate::booking::pricing::price::RatePlan;
use crate::fixtures::{
    HOST, alteration, at, cabin, confirmed, guests, hold, price_of, stay, stored, usd,
};
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::id::UserId;
use crate::shared::money::Money;

const STAY: &str = "2026-07-10/2026-07-14";
const BOOKED: &str = "2026-03-01T17:00:00Z";

fn held() -> BookingRecord {
    stored(hold(&cabin(|_| {}), STAY, at(BOOKED))).into_record()
}

fn paid() -> BookingRecord {
    confirmed(&cabin(|_| {}), STAY, at(BOOKED)).into_record()
}

fn cancelled() -> BookingRecord {
    let booking = confirmed(&cabin(|_| {}), STAY, at(BOOKED));
    let change = booking.cancel(
        BookingRole::Host,
        CancelRequest::default(),
        at("2026-07-01T00:00:00Z"),
    );
    stored(change.unwrap()).into_record()
}

fn proposed() -> BookingRecord {
    let property = cabin(|_| {});
    let booking = confirmed(&property, STAY, at(BOOKED));
    let new = alteration(&property, "2026-07-10/2026-07-15", guests(2));
    let change = booking.alter(BookingRole::Guest, new, at("2026-06-01T00:00:00Z"));
    stored(change.unwrap()).into_record()
}

#[test]
fn what_the_commands_make_is_restored() {
    for record in [held(), paid(), cancelled(), proposed()] {
        assert_eq!(
            Booking::restore(record.clone()).unwrap().into_record(),
            record
        );
    }
}

/// Changes a record; the refusal of the result.
fn refusal(mut record: BookingRecord, change: fn(&mut BookingRecord)) -> String {
    change(&mut record);
    Booking::restore(record).unwrap_err().to_string()
}

#[rstest]
#[case::version(|it: &mut BookingRecord| it.version = 0, "version is 0: the first version is 1")]
#[case::own_guest(
    |it: &mut BookingRecord| it.guest_id = HOST,
    "guest_id is 00000000-0000-0000-0000-000000000001: hosts cannot book their own property"
)]
#[case::preparation(
    |it: &mut BookingRecord| it.preparation_nights = 3,
    "preparation_nights is 3: at most 2 nights are claimed after a stay"
)]
#[case::stay_of_other_nights(
    |it: &mut BookingRecord| it.stay = stay("2026-07-10/2027-07-10"),
    "price is for the nights 2026-07-10 to 2026-07-13: it must price the nights of the stay 2026-07-10/2027-07-10"
)]
#[case::currency_of_the_conditions(
    |it: &mut BookingRecord| it.conditions.pricing.nightly = Money::new(1, Currency::EUR),
    "conditions.pricing is EUR: the price is in USD"
)]
#[case::policy(
    |it: &mut BookingRecord| it.policy = RefundPolicy::NonRefundable,
    "policy is non_refundable: the conditions apply flexible to 4 nights"
)]
#[case::confirmed_without_confirmation(
    |it: &mut BookingRecord| it.confirmation = None,
    "confirmation is absent: it is required in the status confirmed"
)]
#[case::confirmed_and_cancelled(
    |it: &mut BookingRecord| it.cancellation = cancelled().cancellation,
    "cancellation is present: there is none in the status confirmed"
)]
#[case::status_without_history(
    |it: &mut BookingRecord| it.status = BookingStatus::Completed,
    "history is confirmed: the last state must be the status completed"
)]
#[case::gap_in_the_history(
    |it: &mut BookingRecord| { it.history.remove(0); },
    "history.from is pending_payment: the state before it is none"
)]
#[case::no_history(
    |it: &mut BookingRecord| it.history.clear(),
    "history is none: the last state must be the status confirmed"
)]
fn a_confirmed_record_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut BookingRecord),
    #[case] reason: &str,
) {
    assert_eq!(refusal(paid(), change), reason);
}

#[rstest]
#[case::confirmed_hold(
    |it: &mut BookingRecord| it.confirmation = paid().confirmation,
    "confirmation is present: there is none in the status pending_payment"
)]
#[case::request_at_no_instant(
    |it: &mut BookingRecord| it.status = BookingStatus::AwaitingHost,
    "requested_at is absent: it is required in the status awaiting_host"
)]
#[case::altered_hold(
    |it: &mut BookingRecord| it.alteration = proposed().alteration,
    "alteration is present: there is none in the status pending_payment"
)]
#[case::cancelled_without_refund(
    |it: &mut BookingRecord| it.status = BookingStatus::Cancelled,
    "cancellation is absent: it is required in the status cancelled"
)]
fn a_held_record_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut BookingRecord),
    #[case] reason: &str,
) {
    assert_eq!(refusal(held(), change), reason);
}

#[rstest]
#[case::lines(
    |it: &mut BookingRecord| it.cancellation.as_mut().unwrap().refund.lines.truncate(1),
    "cancellation.refund is a refund of 1 lines: it must refund the lines of the price"
)]
#[case::sum(
    |it: &mut BookingRecord| it.cancellation.as_mut().unwrap().refund.refund = usd(1),
    "cancellation.refund is 0.01 USD: its lines sum to 456.80 USD"
)]
#[case::retained(
    |it: &mut BookingRecord| it.cancellation.as_mut().unwrap().refund.kept = usd(5),
    "cancellation.refund is 456.85 USD: refunded and retained must sum to 456.80 USD"
)]
#[case::more_than_was_paid(
    |it: &mut BookingRecord| {
        let refund = &mut it.cancellation.as_mut().unwrap().refund;
        refund.lines[0].refunded = usd(500_00);
        (refund.refund, refund.kept) = (usd(556_80), usd(-100_00));
    },
    "cancellation.refund is 556.80 USD: 0 to 456.80 USD"
)]
#[case::fee(
    |it: &mut BookingRecord| it.cancellation.as_mut().unwrap().host_fee = Some(usd(-1)),
    "cancellation.host_fee is -0.01 USD: a fee is not negative, and in USD"
)]
fn a_cancellation_that_does_not_sum_to_the_price_is_refused(
    #[case] change: fn(&mut BookingRecord),
    #[case] reason: &str,
) {
    assert_eq!(refusal(cancelled(), change), reason);
}

#[rstest]
#[case::proposer(
    |it: &mut BookingRecord| it.alteration.as_mut().unwrap().by = BookingRole::System,
    "alteration.by is system: the guest or the host proposes it"
)]
#[case::price(
    |it: &mut BookingRecord| it.alteration.as_mut().unwrap().price = price_of(
        &cabin(|_| {}), STAY, RatePlan::Standard,
    ),
    "alteration.price is for the nights 2026-07-10 to 2026-07-13: it must price the nights of the stay 2026-07-10/2026-07-15"
)]
#[case::currency(
    |it: &mut BookingRecord| it.alteration.as_mut().unwrap().price = price_of(
        &cabin(|details| details.pricing.as_mut().unwrap().nightly = Money::new(1_00, Currency::EUR)),
        "2026-07-10/2026-07-15",
        RatePlan::Standard,
    ),
    "alteration.price is EUR: the price of the booking is in USD"
)]
fn an_alteration_that_does_not_fit_the_booking_is_refused(
    #[case] change: fn(&mut BookingRecord),
    #[case] reason: &str,
) {
    assert_eq!(refusal(proposed(), change), reason);
}

#[test]
fn a_refusal_names_field_value_and_rule() {
    let mut record = paid();
    (record.guest_id, record.version) = (UserId::new(Uuid::from_u128(9)), -4);
    let refused = Booking::restore(record).unwrap_err();
    let parts = (refused.field(), refused.given(), refused.rule());
    assert_eq!(parts, ("version", "-4", "the first version is 1"));
}
