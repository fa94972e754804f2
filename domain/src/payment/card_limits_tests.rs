//! Limits on refused cards.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::fixtures::{at, cabin, hold, stored, usd};
use crate::payment::card_limits::{TooManyRefusedCards, check_refused_cards};
use crate::payment::gateway_call::{GatewayCall, GatewayCallKind, GatewayOutcome};
use crate::payment::payment::Payment;
use crate::shared::id::{PaymentEntryId, PaymentId};
use crate::shared::marketplace_terms::MarketplaceTerms;

const BOOKED_AT: &str = "2026-03-01T17:00:00Z";

fn minute(minutes: i64) -> DateTime<Utc> {
    at(BOOKED_AT) + TimeDelta::minutes(minutes)
}

/// A payment for which so many cards were refused, one a minute.
fn refused(times: u128) -> Payment {
    let booking = stored(hold(&cabin(|_| {}), "2026-07-10/2026-07-14", at(BOOKED_AT)));
    let call = |number: u128, at: DateTime<Utc>| {
        let id = PaymentEntryId::new(Uuid::from_u128(number));
        GatewayCall {
            method: Some("pm_card_visa".to_owned()),
            ..GatewayCall::new(id, GatewayCallKind::Capture, usd(100_00), at)
        }
    };
    let id = PaymentId::new(Uuid::from_u128(1));
    let first = call(1, minute(0));
    let mut payment = Payment::begin(id, booking.id, booking.property_id, first).unwrap();
    for number in 1..=times {
        let now = minute(i64::try_from(number).unwrap());
        let refusal = GatewayOutcome::Refused {
            code: "card_declined".to_owned(),
        };
        let open = payment.pending_calls[0].id;
        payment = payment.record_outcome(open, refusal, now).unwrap();
        payment = payment.retry(call(number + 1, now)).unwrap();
    }
    payment
}

#[test]
fn ten_cards_are_refused_for_a_booking_within_a_day() {
    let terms = MarketplaceTerms::default();
    let check = |times, now| check_refused_cards(Some(&refused(times)), &[], &terms, now);
    assert_eq!(check_refused_cards(None, &[], &terms, minute(9)), Ok(()));
    assert_eq!(check(9, minute(10)), Ok(()));
    let until = minute(1) + TimeDelta::days(1);
    let exceeded = Err(TooManyRefusedCards { until });
    assert_eq!(check(10, minute(10)), exceeded);
    assert_eq!(check(10, until - TimeDelta::seconds(1)), exceeded);
    assert_eq!(check(10, until), Ok(()));
}

#[test]
fn twenty_cards_are_refused_for_an_account_within_an_hour() {
    let terms = MarketplaceTerms::default();
    let hourly: Vec<_> = (1..=21).map(minute).collect();
    let check = |count: usize| check_refused_cards(None, &hourly[..count], &terms, minute(30));
    assert_eq!(check(19), Ok(()));
    assert_eq!(check(20), Err(TooManyRefusedCards { until: minute(61) }));
    assert_eq!(check(21), Err(TooManyRefusedCards { until: minute(62) }));
}
