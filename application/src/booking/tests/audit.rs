//! Audit entries of operators and of hosts' voluntary refunds, and the reservation rate limit.

use std::sync::Arc;

use serde_json::{Value, json};
use sojourn_domain::booking::{BookingStatus, CancelRequest};
use sojourn_domain::shared::{Actor, AuditAction, AuditSubject, BasisPoints, Violations};

use crate::access::rate_limits;
use crate::booking::{CancelError, ReserveError, cancel, cancel_as_admin, reserve};
use crate::payment;
use crate::payment::{RefundError, refund};
use crate::test_support::marketplace::{
    InMemoryMarketplace, admin, assert_consistent, guest, host, marketplace, paid, reserve_request,
    reserve_request_for,
};
use crate::test_support::test_ports::{limits_except, usd};

/// An audit log entry: action, state before, state after, reason.
type Line = (AuditAction, Option<String>, Option<String>, Option<String>);

fn lines(marketplace: &InMemoryMarketplace) -> Vec<Line> {
    let log = &marketplace.lock().unwrap().audit;
    log.iter()
        .map(|entry| {
            (
                entry.action,
                entry.before.clone(),
                entry.after.clone(),
                entry.reason.clone(),
            )
        })
        .collect()
}

fn line(action: AuditAction, before: &Value, after: &Value, reason: Option<&str>) -> Line {
    let (before, after) = (Some(before.to_string()), Some(after.to_string()));
    (action, before, after, reason.map(str::to_owned))
}

fn because(reason: &str) -> CancelRequest {
    CancelRequest {
        reason: Some(reason.into()),
        ..CancelRequest::default()
    }
}

#[tokio::test]
async fn an_admin_cancellation_is_recorded_with_its_refund() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let request = CancelRequest {
        granted: BasisPoints::try_new(5_000).ok(),
        ..because("Flooded.")
    };
    cancel_as_admin(&ports, &admin(), booking.id, request, None)
        .await
        .unwrap();
    let before = json!({"status": "confirmed"});
    let after = json!({
        "status": "cancelled", "refund": {"amount": 171_30, "currency": "USD"},
    });
    assert_eq!(
        lines(&marketplace),
        [line(
            AuditAction::BookingCancelled,
            &before,
            &after,
            Some("Flooded.")
        )]
    );
    let entry = marketplace.lock().unwrap().audit[0].clone();
    assert_eq!(
        (entry.actor, entry.subject),
        (
            Some(admin().user_id),
            Some(AuditSubject::Booking(booking.id))
        )
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn an_admin_cancellation_refunds_everything_by_default() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    cancel_as_admin(&ports, &admin(), booking.id, because("Flooded."), None)
        .await
        .unwrap();
    assert_eq!(
        marketplace.lock().unwrap().payment().refunded(),
        booking.price.total
    );
}

#[tokio::test]
async fn an_admin_needs_a_reason_and_cannot_cancel_their_own_booking() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let silent =
        cancel_as_admin(&ports, &admin(), booking.id, CancelRequest::default(), None).await;
    let share = CancelRequest {
        granted: BasisPoints::try_new(3_000).ok(),
        ..CancelRequest::default()
    };
    assert_eq!(
        cancel(&ports, &admin(), booking.id, share, None).await,
        silent
    );
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
        let own = cancel_as_admin(&ports, &operator, booking.id, because("Mine."), None).await;
        assert_eq!(own, Err(CancelError::Forbidden));
    }
    assert_eq!(
        marketplace.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    assert_eq!(lines(&marketplace), []);
}

#[tokio::test]
async fn cancellations_by_guest_or_host_are_not_in_the_audit_log() {
    for side in [guest(), host()] {
        let (marketplace, ports) = marketplace();
        let booking = paid(&ports).await;
        cancel(&ports, &side, booking.id, because("Ill."), None)
            .await
            .unwrap();
        assert_eq!(lines(&marketplace), []);
    }
}

#[tokio::test]
async fn refunds_beyond_the_policy_are_recorded_for_host_and_admin() {
    let (marketplace, ports) = marketplace();
    paid(&ports).await;
    let payment = marketplace.lock().unwrap().payment().id;
    payment::refund_as_admin(&ports, &admin(), payment, usd(10_00), "Noise.".into())
        .await
        .unwrap();
    refund(&ports, &host(), payment, usd(5_00), None)
        .await
        .unwrap();
    let refused = refund(&ports, &guest(), payment, usd(5_00), None).await;
    assert_eq!(refused, Err(RefundError::Forbidden));
    let before = |refunded| json!({"refunded": refunded, "refundable": 342_60 - refunded});
    let after = |amount| json!({"refund": {"amount": amount, "currency": "USD"}});
    assert_eq!(
        lines(&marketplace),
        [
            line(
                AuditAction::RefundGiven,
                &before(0),
                &after(10_00),
                Some("Noise.")
            ),
            line(AuditAction::RefundGiven, &before(10_00), &after(5_00), None),
        ]
    );
    let silent = refund(&ports, &admin(), payment, usd(1_00), None).await;
    assert!(matches!(silent, Err(RefundError::Invalid(_))));
    let givers: Vec<_> = marketplace
        .lock()
        .unwrap()
        .audit
        .iter()
        .map(|entry| entry.actor)
        .collect();
    assert_eq!(givers, [Some(admin().user_id), Some(host().user_id)]);
}

#[tokio::test]
async fn reservations_are_rate_limited() {
    let (marketplace, mut ports) = marketplace();
    ports.limits = Arc::new(limits_except(rate_limits::RESERVATIONS, guest().user_id));
    let refused = reserve(&ports, &guest(), reserve_request()).await;
    assert_eq!(refused.map(drop), Err(ReserveError::Throttled(7)));
    assert!(marketplace.lock().unwrap().bookings.is_empty());
    let another = Actor::member(admin().user_id);
    assert!(
        reserve(
            &ports,
            &another,
            reserve_request_for("2026-08-01/2026-08-04")
        )
        .await
        .is_ok()
    );
}
