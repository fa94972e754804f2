//! Audit entries of operators and of hosts' voluntary refunds, and the reservation rate limit.

use std::sync::Arc;

use sojourn_domain::booking::{BookingStatus, CancelRequest};
use sojourn_domain::shared::{Actor, AuditAction, AuditSubject, BasisPoints, Violations};

use super::flow_world::{World, admin, guest, host, paid, sound, wish, wish_for, world};
use super::{CancelError, ReserveError, cancel, reserve};
use crate::admin;
use crate::payment::{RefundError, refund};
use crate::quotas;
use crate::test_ports::{all_but, usd};

/// Audit log entries: action, state before, state after.
fn lines(world: &World) -> Vec<(AuditAction, Option<String>, Option<String>)> {
    let log = &world.lock().unwrap().audit;
    log.iter()
        .map(|entry| (entry.action, entry.before.clone(), entry.after.clone()))
        .collect()
}

fn because(reason: &str) -> CancelRequest {
    CancelRequest {
        reason: Some(reason.into()),
        ..CancelRequest::default()
    }
}

#[tokio::test]
async fn an_operators_cancellation_is_written_down_with_what_comes_back() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let request = CancelRequest {
        granted: BasisPoints::try_new(5_000).ok(),
        ..because("Flooded.")
    };
    admin::cancel_booking(&ports, &admin(), booking.id, request, None)
        .await
        .unwrap();
    let (before, after) = (
        "confirmed".to_owned(),
        "cancelled, 171.30 USD back: Flooded.".to_owned(),
    );
    assert_eq!(
        lines(&world),
        [(AuditAction::BookingCancelled, Some(before), Some(after))]
    );
    let entry = world.lock().unwrap().audit[0].clone();
    assert_eq!(
        (entry.actor, entry.subject),
        (
            Some(admin().user_id),
            Some(AuditSubject::Booking(booking.id))
        )
    );
    sound(&world);
}

#[tokio::test]
async fn an_operator_who_says_nothing_gives_everything_back() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    admin::cancel_booking(&ports, &admin(), booking.id, because("Flooded."), None)
        .await
        .unwrap();
    assert_eq!(
        world.lock().unwrap().payment().refunded(),
        booking.price.total
    );
}

#[tokio::test]
async fn an_operator_cancels_with_a_reason_and_never_a_booking_of_their_own() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let silent =
        admin::cancel_booking(&ports, &admin(), booking.id, CancelRequest::default(), None).await;
    let pointer = |found: &Violations| {
        found
            .iter()
            .map(|it| it.pointer.clone())
            .collect::<Vec<_>>()
    };
    assert!(matches!(silent, Err(CancelError::Invalid(found)) if pointer(&found) == ["/reason"]));
    for side in [guest(), host()] {
        let operator = Actor {
            admin: true,
            ..side
        };
        let own =
            admin::cancel_booking(&ports, &operator, booking.id, because("Mine."), None).await;
        assert_eq!(own, Err(CancelError::Forbidden));
    }
    assert_eq!(
        world.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    assert_eq!(lines(&world), []);
}

#[tokio::test]
async fn the_sides_of_a_booking_cancel_without_a_line() {
    for side in [guest(), host()] {
        let (world, ports) = world();
        let booking = paid(&ports).await;
        cancel(&ports, &side, booking.id, because("Ill."), None)
            .await
            .unwrap();
        assert_eq!(lines(&world), []);
    }
}

#[tokio::test]
async fn money_given_back_beyond_the_policy_is_written_down_whoever_gives_it() {
    let (world, ports) = world();
    paid(&ports).await;
    let payment = world.lock().unwrap().payment().id;
    admin::refund(&ports, &admin(), payment, usd(10_00), "Noise.".into())
        .await
        .unwrap();
    refund(&ports, &host(), payment, usd(5_00), None)
        .await
        .unwrap();
    let refused = refund(&ports, &guest(), payment, usd(5_00), None).await;
    assert_eq!(refused, Err(RefundError::Forbidden));
    let line = |after: &str| (AuditAction::RefundGiven, None, Some(after.to_owned()));
    assert_eq!(
        lines(&world),
        [line("10.00 USD: Noise."), line("5.00 USD: refund")]
    );
    let givers: Vec<_> = world
        .lock()
        .unwrap()
        .audit
        .iter()
        .map(|entry| entry.actor)
        .collect();
    assert_eq!(givers, [Some(admin().user_id), Some(host().user_id)]);
}

#[tokio::test]
async fn who_holds_nights_too_often_waits() {
    let (world, mut ports) = world();
    ports.limits = Arc::new(all_but(quotas::RESERVATIONS, guest().user_id));
    let refused = reserve(&ports, &guest(), wish()).await;
    assert_eq!(refused.map(drop), Err(ReserveError::Throttled(7)));
    assert!(world.lock().unwrap().bookings.is_empty());
    let another = Actor::member(admin().user_id);
    assert!(
        reserve(&ports, &another, wish_for("2026-08-01/2026-08-04"))
            .await
            .is_ok()
    );
}
