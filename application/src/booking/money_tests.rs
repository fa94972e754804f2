//! Refunds, payouts, unsolicited gateway events, and the resulting books.

use chrono::TimeDelta;
use sojourn_domain::booking::{Booking, BookingStatus, CancelRequest};
use sojourn_domain::ledger::PostingReason;
use sojourn_domain::payment::{
    EntryKind, GatewayCallKind, GatewayOutcome, Payment, PaymentStatus, PayoutStatus,
};
use sojourn_domain::property::ClaimKind;
use sojourn_domain::shared::{BookingRole, Money, PageRequest, PaymentEntryId};
use uuid::Uuid;

use super::flow_world::{
    World, admin, card, guest, host, paid, paid_for, refusing, silence, sound, wish, wish_for,
    world,
};
use super::{Reserve, cancel, reserve};
use crate::doctor::examine;
use crate::payment::{HearError, PayError, hear, pay, refund, settle};
use crate::payout::statement;
use crate::ports::Ports;
use crate::property::{QuoteRequest, quote};
use crate::test_ports::usd;
use crate::work::{pay_out, settle_bookings, settle_payments};

fn done() -> GatewayOutcome {
    GatewayOutcome::Succeeded {
        reference: "by_itself".into(),
    }
}

fn payment_of(world: &World, booking: &Booking) -> Payment {
    world.lock().unwrap().payment_of(booking.id).unwrap()
}

/// Sum of the refunds borne by a party.
fn given_by(payment: &Payment, by: BookingRole) -> Money {
    let entries = payment
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Refund);
    let borne = entries.filter(|entry| entry.borne_by == Some(by));
    usd(borne.map(|entry| entry.amount.amount()).sum())
}

/// Sets the clock to the instant of the host's payout for a short stay.
fn at_payday(world: &World, booking: &Booking) {
    world.lock().unwrap().now = booking.deadlines().check_in() + TimeDelta::hours(24);
}

async fn withdrawn(ports: &Ports, booking: &Booking) {
    cancel(ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
}

#[tokio::test]
async fn money_that_comes_when_the_hold_is_over_goes_back() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::Unavailable)
    );
    world.lock().unwrap().now += TimeDelta::minutes(16);
    assert_eq!(settle_bookings(&ports).await, Ok(1));
    let payment = payment_of(&world, &booking);
    assert_eq!(payment.status(), PaymentStatus::Refunded);
    assert_eq!(payment.entries[1].reason.as_deref(), Some("late_capture"));
    assert_eq!(payment.entries[1].against, Some(payment.entries[0].id));
    let causes: Vec<_> = world
        .lock()
        .unwrap()
        .journal
        .iter()
        .map(|entry| entry.cause)
        .collect();
    assert_eq!(causes, [PostingReason::Capture, PostingReason::Refund]);
    sound(&world);
}

#[tokio::test]
async fn an_answer_that_comes_by_itself_counts_once() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert_eq!(
        pay(&ports, &guest(), card(&booking)).await,
        Err(PayError::Unavailable)
    );
    let payment = payment_of(&world, &booking);
    let call = payment.pending_calls[0].id;
    let (first, second) = tokio::join!(
        hear(&ports, call, payment.id, done()),
        hear(&ports, call, payment.id, done())
    );
    assert_eq!((first, second), (Ok(()), Ok(())));
    assert_eq!(hear(&ports, call, payment.id, done()).await, Ok(()));
    let contradiction = GatewayOutcome::Refused {
        code: "card_declined".into(),
    };
    assert_eq!(hear(&ports, call, payment.id, contradiction).await, Ok(()));
    let unknown = PaymentEntryId::new(Uuid::nil());
    assert_eq!(
        hear(&ports, unknown, payment.id, done()).await,
        Err(HearError::NotFound)
    );
    let payment = payment_of(&world, &booking);
    assert_eq!(
        (payment.entries.len(), payment.captured()),
        (1, booking.price.total)
    );
    assert_eq!(
        world.lock().unwrap().booking().status,
        BookingStatus::Confirmed
    );
    sound(&world);
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_refunded_at_once() {
    let (world, ports) = world();
    let booking = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert!(pay(&ports, &guest(), card(&booking)).await.is_err());
    silence(&world);
    withdrawn(&ports, &booking).await;
    let payment = payment_of(&world, &booking);
    assert_eq!(
        hear(&ports, payment.pending_calls[0].id, payment.id, done()).await,
        Ok(())
    );
    let payment = payment_of(&world, &booking);
    assert_eq!(
        (payment.status(), payment.refunded()),
        (PaymentStatus::Refunded, booking.price.total)
    );
    sound(&world);
}

#[tokio::test]
async fn what_the_host_gave_is_not_given_again() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let payment = payment_of(&world, &booking);
    refund(
        &ports,
        &host(),
        payment.id,
        usd(50_00),
        Some("Sorry.".into()),
    )
    .await
    .unwrap();
    refund(&ports, &admin(), payment.id, usd(10_00), None)
        .await
        .unwrap();
    let payment = payment_of(&world, &booking);
    assert_eq!(
        (
            given_by(&payment, BookingRole::Host),
            given_by(&payment, BookingRole::Admin)
        ),
        (usd(50_00), usd(10_00))
    );
    assert_eq!(payment.total_scheduled(), usd(241_00));
    sound(&world);
    withdrawn(&ports, &booking).await;
    let payment = payment_of(&world, &booking);
    assert_eq!(
        (payment.status(), payment.refunded()),
        (PaymentStatus::Refunded, booking.price.total)
    );
    sound(&world);
}

#[tokio::test]
async fn a_goodwill_meets_a_cancellation() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let payment = payment_of(&world, &booking);
    let (guest, host) = (guest(), host());
    let (cancelled, given) = tokio::join!(
        cancel(&ports, &guest, booking.id, CancelRequest::default(), None),
        refund(&ports, &host, payment.id, usd(50_00), None),
    );
    cancelled.unwrap();
    assert!(given.is_ok() || given_by(&payment_of(&world, &booking), BookingRole::Host).is_zero());
    assert_eq!(payment_of(&world, &booking).refunded(), booking.price.total);
    sound(&world);
}

#[tokio::test]
async fn what_was_refused_is_owed_and_goes_first() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    refusing(&world, "later");
    withdrawn(&ports, &booking).await;
    let payment = payment_of(&world, &booking);
    assert_eq!(
        (payment.status(), payment.pending_calls.len()),
        (PaymentStatus::Captured, 0)
    );
    let report = examine(&ports, &mut |_, _| ()).await.unwrap();
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    let given = refund(&ports, &admin(), payment.id, booking.price.total, None)
        .await
        .unwrap();
    assert_eq!(
        (given.status(), given_by(&given, BookingRole::Admin)),
        (PaymentStatus::Refunded, usd(0))
    );
    sound(&world);
}

#[tokio::test]
async fn one_silent_call_does_not_keep_the_others_from_being_asked() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let payment = payment_of(&world, &booking);
    silence(&world);
    refund(&ports, &host(), payment.id, usd(1_00), None)
        .await
        .unwrap();
    silence(&world);
    refund(&ports, &host(), payment.id, usd(2_00), None)
        .await
        .unwrap();
    let payment = payment_of(&world, &booking);
    assert_eq!(
        (payment.refunded(), payment.pending_calls.len()),
        (usd(2_00), 1)
    );
    assert_eq!(
        settle(&ports, payment.id).await.unwrap().refunded(),
        usd(3_00)
    );
    sound(&world);
}

#[tokio::test]
async fn the_host_is_paid_a_day_after_check_in() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    at_payday(&world, &booking);
    world.lock().unwrap().now -= TimeDelta::seconds(1);
    assert_eq!(pay_out(&ports).await, Ok(0));
    at_payday(&world, &booking);
    assert_eq!(pay_out(&ports).await, Ok(1));
    assert_eq!(pay_out(&ports).await, Ok(0));
    let charge = world.lock().unwrap().charges.last().unwrap().clone();
    assert_eq!(
        (charge.kind, charge.amount),
        (GatewayCallKind::Payout, usd(291_00))
    );
    assert_eq!(charge.account, Some(host().user_id.to_string()));
    assert_eq!((charge.method, charge.reference), (None, None));
    sound(&world);
    let page = statement(
        &ports,
        &host(),
        PageRequest {
            limit: 9,
            after: None,
        },
    )
    .await
    .unwrap();
    let lines: Vec<_> = page
        .data
        .iter()
        .map(|line| (line.cause, line.amount))
        .collect();
    assert_eq!(
        lines,
        [
            (PostingReason::Payout, usd(-291_00)),
            (PostingReason::Sale, usd(291_00))
        ]
    );
}

#[tokio::test]
async fn two_workers_pay_out_once() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    at_payday(&world, &booking);
    let (first, second) = tokio::join!(pay_out(&ports), pay_out(&ports));
    assert_eq!(first.unwrap() + second.unwrap(), 1);
    assert_eq!(world.lock().unwrap().asked(GatewayCallKind::Payout), 1);
    sound(&world);
}

#[tokio::test]
async fn a_payout_that_is_not_answered_is_settled_later_and_a_refused_one_sent_a_day_later() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    at_payday(&world, &booking);
    refusing(&world, "account_closed");
    assert_eq!(pay_out(&ports).await, Ok(1));
    assert_eq!(
        payment_of(&world, &booking).payouts[0].status,
        PayoutStatus::Scheduled
    );
    assert_eq!(pay_out(&ports).await, Ok(0));
    world.lock().unwrap().now += TimeDelta::days(1);
    silence(&world);
    assert_eq!(pay_out(&ports).await, Ok(1));
    assert_eq!(
        payment_of(&world, &booking).payouts[0].status,
        PayoutStatus::Sending
    );
    world.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(settle_payments(&ports).await, Ok(1));
    assert_eq!(
        payment_of(&world, &booking).payouts[0].status,
        PayoutStatus::Paid
    );
    assert_eq!(world.lock().unwrap().asked(GatewayCallKind::Payout), 2);
    sound(&world);
}

#[tokio::test]
async fn what_a_host_owes_is_kept_back_once() {
    let (world, ports) = world();
    let owing = paid(&ports).await;
    cancel(&ports, &host(), owing.id, CancelRequest::default(), None)
        .await
        .unwrap();
    let fee = usd(50_00);
    assert_eq!(world.lock().unwrap().debts(host().user_id)[0].amount, fee);
    assert!(
        world
            .lock()
            .unwrap()
            .claims
            .values()
            .all(|claim| claim.kind == ClaimKind::Blocked)
    );
    let first = paid_for(&ports, wish_for("2026-08-01/2026-08-04")).await;
    let second = paid_for(&ports, wish_for("2026-08-04/2026-08-07")).await;
    at_payday(&world, &second);
    let (one, other) = tokio::join!(pay_out(&ports), pay_out(&ports));
    while pay_out(&ports).await.unwrap() > 0 {}
    assert!(one.is_ok() && other.is_ok());
    let kept = [&first, &second].map(|it| payment_of(&world, it).payouts[0].withheld.amount());
    assert_eq!(kept.iter().sum::<i64>(), fee.amount());
    assert!(world.lock().unwrap().debts(host().user_id).is_empty());
    assert_eq!(world.lock().unwrap().accounts[&host().user_id], 1);
    sound(&world);
}

#[tokio::test]
async fn a_quote_holds_whatever_prices_and_terms_become() {
    let (world, mut ports) = world();
    let Reserve {
        property_id,
        stay,
        guests,
        rate,
        ..
    } = wish();
    let asked = QuoteRequest {
        stay,
        guests,
        rate,
        why: true,
    };
    let signed = quote(&ports, None, property_id, asked).await.unwrap();
    assert!(
        signed
            .why
            .is_some_and(|why| why.iter().any(|considered| considered.applied))
    );
    world.lock().unwrap().edit(|record| {
        record.details.pricing = Some(sojourn_domain::property::Pricing::nightly(usd(900_00)));
    });
    let mut terms = ports.terms.as_ref().clone();
    (terms.version, terms.hold_minutes, terms.payout_hours) = (2, 99, 99);
    ports.terms = std::sync::Arc::new(terms);
    let quoted = Reserve {
        quote_token: Some(signed.token),
        ..wish()
    };
    let booking = reserve(&ports, &guest(), quoted).await.unwrap();
    assert_eq!(
        (booking.price.total, booking.terms.version),
        (usd(342_60), 1)
    );
    assert_eq!(booking.terms.hold_minutes, 15);
    let dear = reserve(&ports, &guest(), wish_for("2026-08-01/2026-08-02"))
        .await
        .unwrap();
    assert_eq!((dear.price.total, dear.terms.version), (usd(1_027_80), 2));
}

#[tokio::test]
async fn the_doctor_looks_at_every_booking() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    paid_for(&ports, wish_for("2026-08-01/2026-08-04")).await;
    let mut told = Vec::new();
    let report = examine(&ports, &mut |done, all| told.push((done, all)))
        .await
        .unwrap();
    assert_eq!(
        (report.bookings, report.entries, report.findings.as_slice()),
        (2, 4, &[][..])
    );
    assert_eq!((told, report.balances.len()), (vec![(2, 2)], 1));
    assert_eq!(report.audit.broken_at, None);
    world
        .lock()
        .unwrap()
        .journal
        .retain(|entry| entry.booking_id != booking.id);
    let report = examine(&ports, &mut |_, _| ()).await.unwrap();
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.booking_id == Some(booking.id))
    );
    assert!(!report.findings.is_empty());
}
