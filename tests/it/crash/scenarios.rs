//! Every flow that moves money.

use serde_json::json;
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::payment::{GatewayCallKind, PaymentStatus, PayoutStatus};

use super::scenario::{Marketplace, Prepared, Scenario, date, run};

/// First day of the nth booking, so that bookings do not overlap.
fn first_day(n: u64) -> u64 {
    30 + 5 * n
}

/// A paid booking; in request mode it waits for its host.
fn requested(marketplace: &Marketplace, n: u64) -> String {
    let booking = marketplace.reserve(first_day(n), 3);
    marketplace.pay(&booking);
    booking
}

#[test]
fn crash_while_paying_an_instant_booking() {
    run(&Scenario {
        kind: GatewayCallKind::Capture,
        mode: "instant",
        worker_days: None,
        prepare: |marketplace, n| {
            let booking = marketplace.reserve(first_day(n), 3);
            Prepared {
                request: Some(marketplace.payment_request(&booking)),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, BookingStatus::Confirmed);
            assert_eq!(
                (payment.captured(), payment.refunded().amount()),
                (booking.price.total, 0)
            );
        },
    });
}

#[test]
fn crash_while_paying_a_booking_on_request() {
    run(&Scenario {
        kind: GatewayCallKind::Authorize,
        mode: "request",
        worker_days: None,
        prepare: |marketplace, n| {
            let booking = marketplace.reserve(first_day(n), 3);
            Prepared {
                request: Some(marketplace.payment_request(&booking)),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, BookingStatus::AwaitingHost);
            assert_eq!(
                (payment.status(), payment.captured().amount()),
                (PaymentStatus::Authorized, 0)
            );
        },
    });
}

#[test]
fn crash_while_accepting() {
    run(&Scenario {
        kind: GatewayCallKind::Capture,
        mode: "request",
        worker_days: None,
        prepare: |marketplace, n| {
            let booking = requested(marketplace, n);
            Prepared {
                request: Some(Marketplace::booking_request(
                    &marketplace.host,
                    &booking,
                    "accept",
                )),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, BookingStatus::Confirmed);
            assert_eq!(
                (payment.captured(), payment.refunded().amount()),
                (booking.price.total, 0)
            );
        },
    });
}

#[test]
fn crash_while_declining() {
    run(&Scenario {
        kind: GatewayCallKind::Void,
        mode: "request",
        worker_days: None,
        prepare: |marketplace, n| {
            let booking = requested(marketplace, n);
            Prepared {
                request: Some(Marketplace::booking_request(
                    &marketplace.host,
                    &booking,
                    "decline",
                )),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, BookingStatus::Declined);
            assert_eq!(
                (payment.status(), payment.captured().amount()),
                (PaymentStatus::Voided, 0)
            );
        },
    });
}

#[test]
fn crash_while_cancelling() {
    run(&Scenario {
        kind: GatewayCallKind::Refund,
        mode: "instant",
        worker_days: None,
        prepare: |marketplace, n| {
            let booking = requested(marketplace, n);
            Prepared {
                request: Some(Marketplace::booking_request(
                    &marketplace.guest,
                    &booking,
                    "cancel",
                )),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, BookingStatus::Cancelled);
            assert_eq!(payment.captured(), booking.price.total);
            assert_eq!(
                payment.refunded(),
                booking.cancellation.as_ref().unwrap().refund.refund
            );
        },
    });
}

#[test]
fn crash_while_charging_an_alteration() {
    run(&Scenario {
        kind: GatewayCallKind::Capture,
        mode: "request",
        worker_days: None,
        prepare: |marketplace, n| {
            let booking = requested(marketplace, n);
            marketplace
                .host
                .post(&format!("/v1/bookings/{booking}/accept"), &json!({}))
                .expect(200);
            let longer = json!({"check_out": date(first_day(n) + 4)});
            let asked = marketplace
                .guest
                .patch(&format!("/v1/bookings/{booking}"), &longer)
                .expect(200);
            assert_eq!(asked.at("/alteration/by"), "guest");
            Prepared {
                request: Some(Marketplace::booking_request(
                    &marketplace.host,
                    &booking,
                    "alteration/accept",
                )),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(
                (booking.status, booking.stay.nights()),
                (BookingStatus::Confirmed, 4)
            );
            assert!(booking.alteration.is_none());
            assert_eq!(
                (payment.captured(), payment.refunded().amount()),
                (booking.price.total, 0)
            );
        },
    });
}

#[test]
fn crash_while_paying_a_host() {
    run(&Scenario {
        kind: GatewayCallKind::Payout,
        mode: "instant",
        // The payout is due a day after the stay began; the next stay begins four days later.
        worker_days: Some(|n| 3 + 4 * i64::try_from(n).unwrap()),
        prepare: |marketplace, n| {
            let booking = marketplace.reserve(1 + 4 * n, 1);
            marketplace.pay(&booking);
            Prepared {
                booking,
                request: None,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, BookingStatus::Completed);
            assert!(
                payment
                    .payouts
                    .iter()
                    .all(|payout| payout.status == PayoutStatus::Paid)
            );
            assert_eq!(payment.total_sent(), booking.price.host_payout);
        },
    });
}
