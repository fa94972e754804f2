//! Commands refuse by themselves what came too late or skips the host, whether or not a worker has
//! applied the timeout.

use chrono::TimeDelta;
use rstest::rstest;
use uuid::Uuid;

use crate::booking::cancellation::cancel::CancelRequest;
use crate::booking::lifecycle::lifecycle_tests::STAY;
use crate::booking::lifecycle::transition_error::TransitionError;
use crate::fixtures::{alteration, at, cabin, confirmed, guests, hold, stored, usd};
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind};
use crate::payment::payment::Payment;
use crate::property::enums::BookingMode;
use crate::shared::booking_role::BookingRole;
use crate::shared::currency::Currency;
use crate::shared::id::{BookingId, PaymentEntryId, PaymentId, PropertyId};
use crate::shared::money::Money;

const BOOKED: &str = "2026-03-01T17:00:00Z";
const CODE: &str = "ABCDEFGHJK";

#[test]
fn a_charge_after_the_hold_does_not_confirm() {
    let until = at("2026-03-01T17:15:00Z");
    let late = TransitionError::TooLate { until };
    for late_by in [TimeDelta::nanoseconds(1), TimeDelta::days(365)] {
        let held = stored(hold(&cabin(|_| {}), STAY, at(BOOKED)));
        let now = until + late_by;
        assert_eq!(
            held.clone().record_capture(CODE.into(), now),
            Err(late.clone())
        );
        assert_eq!(held.record_authorization(now), Err(late.clone()));
    }
    let held = stored(hold(&cabin(|_| {}), STAY, at(BOOKED)));
    assert!(held.record_capture(CODE.into(), until).is_ok());
}

#[test]
fn a_request_is_not_confirmed_by_its_payment() {
    let property = cabin(|details| details.booking_mode = BookingMode::Request);
    let held = stored(hold(&property, STAY, at(BOOKED)));
    assert_eq!(
        held.record_capture(CODE.into(), at(BOOKED)),
        Err(TransitionError::AwaitsHost)
    );
}

#[rstest]
#[case(BookingRole::Guest)]
#[case(BookingRole::Host)]
#[case(BookingRole::Admin)]
fn a_stay_that_is_over_is_not_cancelled(#[case] by: BookingRole) {
    let booking = confirmed(&cabin(|_| {}), STAY, at(BOOKED));
    let until = booking.ends_at();
    let cancel = |now| booking.clone().cancel(by, CancelRequest::default(), now);
    assert!(cancel(until).is_ok());
    for late_by in [TimeDelta::nanoseconds(1), TimeDelta::weeks(6)] {
        assert_eq!(
            cancel(until + late_by),
            Err(TransitionError::TooLate { until })
        );
    }
}

#[test]
fn a_stay_that_is_over_is_neither_altered_nor_begun() {
    let property = cabin(|_| {});
    let booking = confirmed(&property, STAY, at(BOOKED));
    let until = booking.ends_at();
    let now = until + TimeDelta::days(1);
    let late = TransitionError::TooLate { until };
    let longer = alteration(&property, "2026-07-10/2026-07-20", guests(2));
    for by in [BookingRole::Guest, BookingRole::Host] {
        assert_eq!(
            booking.clone().alter(by, longer.clone(), now),
            Err(late.clone())
        );
        assert_eq!(booking.clone().check_in(by, now), Err(late.clone()));
    }
    let proposed = booking
        .alter(BookingRole::Guest, longer, until - TimeDelta::hours(1))
        .unwrap();
    assert_eq!(
        stored(proposed).accept_alteration(BookingRole::Host, None, until + TimeDelta::minutes(1)),
        Err(late)
    );
}

#[test]
fn another_bookings_payment_is_refused() {
    let held = stored(hold(&cabin(|_| {}), STAY, at(BOOKED)));
    let pay = |booking, property, amount| {
        let id = PaymentEntryId::new(Uuid::from_u128(1));
        let call = GatewayCall::new(id, GatewayCallKind::Capture, amount, at(BOOKED));
        let payment = PaymentId::new(Uuid::from_u128(2));
        held.clone().begin_payment(
            Payment::begin(payment, booking, property, call).unwrap(),
            at(BOOKED),
        )
    };
    let other = Uuid::from_u128(99);
    let euros = Money::new(100, Currency::parse("EUR").unwrap());
    assert!(pay(held.id, held.property_id, usd(100)).is_ok());
    for foreign in [
        pay(BookingId::new(other), held.property_id, usd(100)),
        pay(held.id, PropertyId::new(other), usd(100)),
        pay(held.id, held.property_id, euros),
    ] {
        assert_eq!(foreign, Err(TransitionError::ForeignPayment));
    }
}
