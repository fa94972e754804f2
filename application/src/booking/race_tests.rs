//! Invariants under concurrency: in any order, the books agree and no amount moves twice.

use std::future::Future;

use chrono::TimeDelta;
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::payment::GatewayCallKind;
use tokio::task::yield_now;

use super::flow_world::{
    World, card, guest, host, paid, paid_for, requested, silence, sound, wish, wish_for, world,
};
use super::{AlterRequest, accept, alter, cancel, decline, reserve};
use crate::payment::{pay, refund, settle};
use crate::ports::Ports;
use crate::test_ports::{date, usd};
use crate::work::{pay_out, settle_bookings, settle_payments};

/// Maximum delay between two concurrent calls, counted in yields at each port.
const APART: usize = 12;

async fn after<T>(turns: usize, then: impl Future<Output = T>) -> T {
    for _ in 0..turns {
        yield_now().await;
    }
    then.await
}

/// Asserts that every gateway call is completed and the books agree.
async fn settled(world: &World, ports: &Ports) {
    world.lock().unwrap().now += TimeDelta::seconds(11);
    settle_payments(ports).await.unwrap();
    assert!(
        world
            .lock()
            .unwrap()
            .payments
            .values()
            .all(|payment| payment.pending_calls.is_empty())
    );
    sound(world);
}

fn longer() -> AlterRequest {
    AlterRequest {
        check_out: Some(date("2026-07-15")),
        ..AlterRequest::default()
    }
}

#[tokio::test]
async fn altering_cancelling_and_giving_back() {
    let (guest, host) = (guest(), host());
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (world, ports) = world();
        let id = paid(&ports).await.id;
        let payment = world.lock().unwrap().payment().id;
        let _ = tokio::join!(
            alter(&ports, &guest, id, longer(), None),
            after(
                first,
                cancel(&ports, &guest, id, CancelRequest::default(), None)
            ),
            after(second, refund(&ports, &host, payment, usd(50_00), None)),
        );
        settled(&world, &ports).await;
        let payment = world.lock().unwrap().payment();
        assert_eq!(payment.refunded(), payment.captured());
        assert!(world.lock().unwrap().claims.is_empty());
    }
}

#[tokio::test]
async fn accepting_declining_cancelling_and_expiring() {
    let (guest, host) = (guest(), host());
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (world, ports) = world();
        let asked = requested(&world, &ports).await;
        world.lock().unwrap().now = asked.respond_by().unwrap();
        let _ = tokio::join!(
            accept(&ports, &host, asked.id, None),
            after(first, decline(&ports, &host, asked.id, None, None)),
            after(
                second,
                cancel(&ports, &guest, asked.id, CancelRequest::default(), None)
            ),
            settle_bookings(&ports),
        );
        settled(&world, &ports).await;
        let booking = world.lock().unwrap().booking();
        let payment = world.lock().unwrap().payment();
        let kept = payment.captured().checked_sub(payment.refunded()).unwrap();
        assert_eq!(kept == booking.price.total, !booking.status.is_terminal());
    }
}

#[tokio::test]
async fn paying_altering_and_expiring() {
    let guest = guest();
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (world, ports) = world();
        let held = reserve(&ports, &guest, wish()).await.unwrap();
        world.lock().unwrap().now = held.hold_expires_at().unwrap();
        let _ = tokio::join!(
            pay(&ports, &guest, card(&held)),
            after(first, alter(&ports, &guest, held.id, longer(), None)),
            after(second, settle_bookings(&ports)),
        );
        settled(&world, &ports).await;
    }
}

#[tokio::test]
async fn paying_out_while_a_stay_ends_early() {
    let (guest, host) = (guest(), host());
    for (first, second) in (0..APART * APART).map(|it| (it / APART, it % APART)) {
        let (world, ports) = world();
        let stay = paid_for(&ports, wish_for("2026-07-10/2026-07-20")).await;
        let payment = world.lock().unwrap().payment().id;
        world.lock().unwrap().now = stay.deadlines().check_in() + TimeDelta::hours(24);
        if second % 2 == 0 {
            silence(&world);
        }
        let _ = tokio::join!(
            pay_out(&ports),
            after(
                first,
                cancel(&ports, &guest, stay.id, CancelRequest::default(), None)
            ),
            after(second, refund(&ports, &host, payment, usd(50_00), None)),
            settle(&ports, payment),
        );
        settled(&world, &ports).await;
        assert!(world.lock().unwrap().asked(GatewayCallKind::Payout) <= 1);
    }
}
