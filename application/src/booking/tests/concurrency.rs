//! Invariants under concurrency: in any order, the books agree and no amount moves twice.

use std::future::Future;

use chrono::TimeDelta;
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::payment::GatewayCallKind;
use tokio::task::yield_now;

use crate::booking::{AlterRequest, accept, alter, cancel, decline, reserve};
use crate::payment::{dispatch, pay, refund};
use crate::ports::Ports;
use crate::test_support::marketplace::{
    InMemoryMarketplace, assert_consistent, card, gateway_times_out, guest, host, marketplace,
    paid, paid_for, requested, reserve_request, reserve_request_for,
};
use crate::test_support::rounds::{process_due_bookings, retry_gateway_calls, send_due_payouts};
use crate::test_support::test_ports::{date, usd};

/// Maximum delay between two concurrent calls, counted in yields at each port.
const APART: usize = 12;

async fn after<T>(turns: usize, then: impl Future<Output = T>) -> T {
    for _ in 0..turns {
        yield_now().await;
    }
    then.await
}

/// Asserts that every gateway call is completed and the books agree.
async fn settled(marketplace: &InMemoryMarketplace, ports: &Ports) {
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    retry_gateway_calls(ports).await.unwrap();
    assert!(
        marketplace
            .lock()
            .unwrap()
            .payments
            .values()
            .all(|payment| payment.pending_calls.is_empty())
    );
    assert_consistent(marketplace);
}

fn longer() -> AlterRequest {
    AlterRequest {
        check_out: Some(date("2026-07-15")),
        ..AlterRequest::default()
    }
}

#[tokio::test]
async fn altering_cancelling_and_refunding() {
    let (guest, host) = (guest(), host());
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (marketplace, ports) = marketplace();
        let id = paid(&ports).await.id;
        let payment = marketplace.lock().unwrap().payment().id;
        let _ = tokio::join!(
            alter(&ports, &guest, id, longer(), None),
            after(
                first,
                cancel(&ports, &guest, id, CancelRequest::default(), None)
            ),
            after(second, refund(&ports, &host, payment, usd(50_00), None)),
        );
        settled(&marketplace, &ports).await;
        let payment = marketplace.lock().unwrap().payment();
        assert_eq!(payment.refunded(), payment.captured());
        assert!(marketplace.lock().unwrap().claims.is_empty());
    }
}

#[tokio::test]
async fn accepting_declining_cancelling_and_expiring() {
    let (guest, host) = (guest(), host());
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (marketplace, ports) = marketplace();
        let asked = requested(&marketplace, &ports).await;
        marketplace.lock().unwrap().now = asked.respond_by().unwrap();
        let _ = tokio::join!(
            accept(&ports, &host, asked.id, None),
            after(first, decline(&ports, &host, asked.id, None, None)),
            after(
                second,
                cancel(&ports, &guest, asked.id, CancelRequest::default(), None)
            ),
            process_due_bookings(&ports),
        );
        settled(&marketplace, &ports).await;
        let booking = marketplace.lock().unwrap().booking();
        let payment = marketplace.lock().unwrap().payment();
        let kept = payment.captured().checked_sub(payment.refunded()).unwrap();
        assert_eq!(kept == booking.price.total, !booking.status.is_terminal());
    }
}

#[tokio::test]
async fn paying_altering_and_expiring() {
    let guest = guest();
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (marketplace, ports) = marketplace();
        let held = reserve(&ports, &guest, reserve_request()).await.unwrap();
        marketplace.lock().unwrap().now = held.hold_expires_at.unwrap();
        let _ = tokio::join!(
            pay(&ports, &guest, card(held.id)),
            after(first, alter(&ports, &guest, held.id, longer(), None)),
            after(second, process_due_bookings(&ports)),
        );
        settled(&marketplace, &ports).await;
    }
}

#[tokio::test]
async fn paying_out_while_a_stay_ends_early() {
    let (guest, host) = (guest(), host());
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (marketplace, ports) = marketplace();
        let stay = paid_for(&ports, reserve_request_for("2026-07-10/2026-07-20")).await;
        let payment = marketplace.lock().unwrap().payment().id;
        marketplace.lock().unwrap().now = stay.deadlines().check_in() + TimeDelta::hours(24);
        if second % 2 == 0 {
            gateway_times_out(&marketplace);
        }
        let _ = tokio::join!(
            send_due_payouts(&ports),
            after(
                first,
                cancel(&ports, &guest, stay.id, CancelRequest::default(), None)
            ),
            after(second, refund(&ports, &host, payment, usd(50_00), None)),
            dispatch(&ports, payment),
        );
        settled(&marketplace, &ports).await;
        assert!(
            marketplace
                .lock()
                .unwrap()
                .gateway_calls(GatewayCallKind::Payout)
                <= 1
        );
    }
}
