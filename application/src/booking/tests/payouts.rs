//! Payouts, quotes and the integrity check.

use chrono::TimeDelta;
use sojourn_domain::booking::CancelRequest;
use sojourn_domain::ledger::PostingReason;
use sojourn_domain::payment::{GatewayCallKind, PayoutStatus};
use sojourn_domain::property::ClaimKind;
use sojourn_domain::shared::PageRequest;

use crate::booking::tests::refunds_and_payouts::{at_payout_date, payment_of};
use crate::booking::{Reserve, cancel, reserve};
use crate::integrity::check;
use crate::payout::statement;
use crate::property::{QuoteRequest, quote};
use crate::test_support::marketplace::{
    assert_consistent, gateway_refuses, gateway_times_out, guest, host, marketplace, paid,
    paid_for, reserve_request, reserve_request_for,
};
use crate::test_support::rounds::{retry_gateway_calls, send_due_payouts};
use crate::test_support::test_ports::usd;

#[tokio::test]
async fn the_host_is_paid_a_day_after_check_in() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    at_payout_date(&marketplace, &booking);
    marketplace.lock().unwrap().now -= TimeDelta::seconds(1);
    assert_eq!(send_due_payouts(&ports).await, Ok(0));
    at_payout_date(&marketplace, &booking);
    assert_eq!(send_due_payouts(&ports).await, Ok(1));
    assert_eq!(send_due_payouts(&ports).await, Ok(0));
    let charge = marketplace
        .lock()
        .unwrap()
        .gateway_requests
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        (charge.kind, charge.amount),
        (GatewayCallKind::Payout, usd(291_00))
    );
    assert_eq!(charge.account, Some(host().user_id.to_string()));
    assert_eq!((charge.method, charge.reference), (None, None));
    assert_consistent(&marketplace);
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
async fn concurrent_workers_pay_out_once() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    at_payout_date(&marketplace, &booking);
    let (first, second) = tokio::join!(send_due_payouts(&ports), send_due_payouts(&ports));
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(
        marketplace
            .lock()
            .unwrap()
            .gateway_calls(GatewayCallKind::Payout),
        1
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn an_unanswered_payout_is_retried_and_a_refused_one_is_resent_after_a_day() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    at_payout_date(&marketplace, &booking);
    gateway_refuses(&marketplace, "account_closed");
    assert_eq!(send_due_payouts(&ports).await, Ok(1));
    assert_eq!(
        payment_of(&marketplace, booking.id).payouts[0].status,
        PayoutStatus::Scheduled
    );
    assert_eq!(send_due_payouts(&ports).await, Ok(0));
    marketplace.lock().unwrap().now += TimeDelta::days(1);
    gateway_times_out(&marketplace);
    assert_eq!(send_due_payouts(&ports).await, Ok(1));
    assert_eq!(
        payment_of(&marketplace, booking.id).payouts[0].status,
        PayoutStatus::Sending
    );
    marketplace.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(retry_gateway_calls(&ports).await, Ok(1));
    assert_eq!(
        payment_of(&marketplace, booking.id).payouts[0].status,
        PayoutStatus::Paid
    );
    assert_eq!(
        marketplace
            .lock()
            .unwrap()
            .gateway_calls(GatewayCallKind::Payout),
        2
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn host_debt_is_withheld_once() {
    let (marketplace, ports) = marketplace();
    let owing = paid(&ports).await;
    cancel(&ports, &host(), owing.id, CancelRequest::default(), None)
        .await
        .unwrap();
    let fee = usd(50_00);
    assert_eq!(
        marketplace.lock().unwrap().debts(host().user_id)[0].amount,
        fee
    );
    assert!(
        marketplace
            .lock()
            .unwrap()
            .claims
            .values()
            .all(|claim| claim.kind == ClaimKind::Blocked)
    );
    let first = paid_for(&ports, reserve_request_for("2026-08-01/2026-08-04")).await;
    let second = paid_for(&ports, reserve_request_for("2026-08-04/2026-08-07")).await;
    at_payout_date(&marketplace, &second);
    let (one, other) = tokio::join!(send_due_payouts(&ports), send_due_payouts(&ports));
    while send_due_payouts(&ports).await.unwrap() > 0 {}
    assert!(one.is_ok() && other.is_ok());
    let kept =
        [&first, &second].map(|it| payment_of(&marketplace, it.id).payouts[0].withheld.amount());
    assert_eq!(kept.iter().sum::<i64>(), fee.amount());
    assert!(marketplace.lock().unwrap().debts(host().user_id).is_empty());
    assert_eq!(marketplace.lock().unwrap().accounts[&host().user_id], 1);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_quote_holds_whatever_prices_and_terms_become() {
    let (marketplace, mut ports) = marketplace();
    let Reserve {
        property_id,
        stay,
        guests,
        rate,
        ..
    } = reserve_request();
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
    marketplace.lock().unwrap().edit(|record| {
        record.details.pricing = Some(sojourn_domain::property::Pricing::nightly(usd(900_00)));
    });
    let mut terms = ports.terms.as_ref().clone();
    (terms.version, terms.hold_minutes, terms.payout_hours) = (2, 99, 99);
    ports.terms = std::sync::Arc::new(terms);
    let quoted = Reserve {
        quote_token: Some(signed.token),
        ..reserve_request()
    };
    let booking = reserve(&ports, &guest(), quoted).await.unwrap();
    let stored = |id| marketplace.lock().unwrap().bookings[&id].clone();
    let agreed = stored(booking.id);
    assert_eq!((agreed.price.total, agreed.terms.version), (usd(342_60), 1));
    assert_eq!(agreed.terms.hold_minutes, 15);
    let dear = reserve(
        &ports,
        &guest(),
        reserve_request_for("2026-08-01/2026-08-02"),
    )
    .await
    .unwrap();
    assert_eq!(
        (dear.price.total, stored(dear.id).terms.version),
        (usd(1_027_80), 2)
    );
}

#[tokio::test]
async fn the_integrity_check_reads_every_booking() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    paid_for(&ports, reserve_request_for("2026-08-01/2026-08-04")).await;
    let mut notified = Vec::new();
    let report = check(&ports, &mut |done, all| notified.push((done, all)))
        .await
        .unwrap();
    assert_eq!(
        (report.bookings, report.entries, report.findings.as_slice()),
        (2, 4, &[][..])
    );
    assert_eq!((notified, report.balances.len()), (vec![(2, 2)], 1));
    assert_eq!(report.audit.broken_at, None);
    marketplace
        .lock()
        .unwrap()
        .journal
        .retain(|entry| entry.booking_id != booking.id);
    let report = check(&ports, &mut |_, _| ()).await.unwrap();
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.booking_id == Some(booking.id))
    );
    assert!(!report.findings.is_empty());
}
