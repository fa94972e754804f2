//! Every way in which money moves.

use serde_json::json;
use sojourn_domain::booking::Status;
use sojourn_domain::payment::{CallKind, PaymentStatus, PayoutStatus};

use super::story::{Ready, Story, World, date, play};

/// Dates of their own for the nth booking.
fn first_day(n: u64) -> u64 {
    30 + 5 * n
}

/// The guest paid a booking that its host has to accept.
fn requested(world: &World, n: u64) -> String {
    let booking = world.reserve(first_day(n), 3);
    world.pay(&booking);
    booking
}

#[test]
fn paying_an_instant_booking() {
    play(&Story {
        kind: CallKind::Capture,
        mode: "instant",
        days_ahead: None,
        prepare: |world, n| {
            let booking = world.reserve(first_day(n), 3);
            Ready {
                ask: Some(world.paying(&booking)),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, Status::Confirmed);
            assert_eq!(
                (payment.captured(), payment.refunded().amount()),
                (booking.price.total, 0)
            );
        },
    });
}

#[test]
fn paying_a_booking_on_request() {
    play(&Story {
        kind: CallKind::Authorize,
        mode: "request",
        days_ahead: None,
        prepare: |world, n| {
            let booking = world.reserve(first_day(n), 3);
            Ready {
                ask: Some(world.paying(&booking)),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, Status::AwaitingHost);
            assert_eq!(
                (payment.status(), payment.captured().amount()),
                (PaymentStatus::Authorized, 0)
            );
        },
    });
}

#[test]
fn accepting() {
    play(&Story {
        kind: CallKind::Capture,
        mode: "request",
        days_ahead: None,
        prepare: |world, n| {
            let booking = requested(world, n);
            Ready {
                ask: Some(World::asking(&world.host, &booking, "accept")),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, Status::Confirmed);
            assert_eq!(
                (payment.captured(), payment.refunded().amount()),
                (booking.price.total, 0)
            );
        },
    });
}

#[test]
fn declining() {
    play(&Story {
        kind: CallKind::Void,
        mode: "request",
        days_ahead: None,
        prepare: |world, n| {
            let booking = requested(world, n);
            Ready {
                ask: Some(World::asking(&world.host, &booking, "decline")),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, Status::Declined);
            assert_eq!(
                (payment.status(), payment.captured().amount()),
                (PaymentStatus::Voided, 0)
            );
        },
    });
}

#[test]
fn cancelling() {
    play(&Story {
        kind: CallKind::Refund,
        mode: "instant",
        days_ahead: None,
        prepare: |world, n| {
            let booking = requested(world, n);
            Ready {
                ask: Some(World::asking(&world.guest, &booking, "cancel")),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, Status::Cancelled);
            assert_eq!(payment.captured(), booking.price.total);
            assert_eq!(
                payment.refunded(),
                booking.cancellation.as_ref().unwrap().refund.refund
            );
        },
    });
}

#[test]
fn charging_an_alteration() {
    play(&Story {
        kind: CallKind::Capture,
        mode: "request",
        days_ahead: None,
        prepare: |world, n| {
            let booking = requested(world, n);
            world
                .host
                .post(&format!("/v1/bookings/{booking}/accept"), &json!({}))
                .expect(200);
            let longer = json!({"check_out": date(first_day(n) + 4)});
            let asked = world
                .guest
                .patch(&format!("/v1/bookings/{booking}"), &longer)
                .expect(200);
            assert_eq!(asked.at("/alteration/by"), "guest");
            Ready {
                ask: Some(World::asking(&world.host, &booking, "alteration/accept")),
                booking,
            }
        },
        check: |booking, payment| {
            assert_eq!(
                (booking.status, booking.stay.nights()),
                (Status::Confirmed, 4)
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
fn paying_a_host() {
    play(&Story {
        kind: CallKind::Payout,
        mode: "instant",
        // The payout of a stay is due a day after it began, the next stay begins four days later.
        days_ahead: Some(|n| 3 + 4 * i64::try_from(n).unwrap()),
        prepare: |world, n| {
            let booking = world.reserve(1 + 4 * n, 1);
            world.pay(&booking);
            Ready { booking, ask: None }
        },
        check: |booking, payment| {
            assert_eq!(booking.status, Status::Completed);
            assert!(
                payment
                    .payouts
                    .iter()
                    .all(|payout| payout.status == PayoutStatus::Paid)
            );
            assert_eq!(payment.sent(), booking.price.host_payout);
        },
    });
}
