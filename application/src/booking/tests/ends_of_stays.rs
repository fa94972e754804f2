//! Early departures, no-shows, and suspended properties.

use chrono::TimeDelta;
use sojourn_domain::booking::{BookingStatus, CancelRequest, TransitionError};
use sojourn_domain::payment::PaymentStatus;
use sojourn_domain::property::{CancellationPolicy, PropertyStatus};

use crate::booking::{
    AcceptError, BookingTransitionError, accept, cancel, check_in, check_out, no_show,
    preview_cancellation, reserve,
};
use crate::payment::{PayError, pay};
use crate::test_support::marketplace::{
    InMemoryMarketplace, admin, assert_consistent, card, guest, host, marketplace, paid, paid_for,
    requested, reserve_request, reserve_request_for,
};
use crate::test_support::rounds::process_due_bookings;
use crate::test_support::test_ports::usd;

fn suspend(marketplace: &InMemoryMarketplace) {
    marketplace
        .lock()
        .unwrap()
        .edit(|record| record.status = PropertyStatus::Suspended);
}

#[tokio::test]
async fn a_guest_who_checks_out_early_is_refunded_and_a_host_may_not() {
    let (marketplace, ports) = marketplace();
    marketplace
        .lock()
        .unwrap()
        .edit(|record| record.details.cancellation_policy = CancellationPolicy::Flexible);
    let booking = paid_for(&ports, reserve_request_for("2026-07-10/2026-07-16")).await;
    assert_eq!(booking.price.total, usd(685_20));
    let arrival = booking.deadlines().check_in();
    marketplace.lock().unwrap().now = arrival;
    check_in(&ports, &guest(), booking.id, None).await.unwrap();
    marketplace.lock().unwrap().now = arrival + TimeDelta::hours(20);
    let from = booking.departure_day_begins();
    assert_eq!(
        check_out(&ports, &host(), booking.id, None).await,
        Err(BookingTransitionError::Refused(
            TransitionError::BeforeDeparture { from }
        ))
    );
    let left = check_out(&ports, &guest(), booking.id, None).await.unwrap();
    // One night stayed and one more are kept: four of six nights at 100.00 come back.
    assert_eq!(left.status, BookingStatus::Completed);
    let state = marketplace.lock().unwrap();
    assert_eq!(state.payment().refunded(), usd(400_00));
    assert_eq!(state.claims.len(), 2);
    drop(state);
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_stay_completed_by_time_is_marked_as_a_no_show_within_a_day() {
    let (marketplace, ports) = marketplace();
    let booking = paid_for(&ports, reserve_request_for("2026-07-10/2026-07-11")).await;
    marketplace.lock().unwrap().now = booking.ends_at();
    assert_eq!(process_due_bookings(&ports).await, Ok(1));
    marketplace.lock().unwrap().now = booking.ends_at() + TimeDelta::hours(24);
    let marked = no_show(&ports, &host(), booking.id, None).await.unwrap();
    assert_eq!(marked.status, BookingStatus::NoShow);
    let state = marketplace.lock().unwrap();
    assert_eq!(
        (state.payment().status(), state.claims.len()),
        (PaymentStatus::Captured, 1)
    );
    drop(state);
    assert_consistent(&marketplace);
}

/// Three nights at 100.00, more than 30 days ahead: 10 % is 30.00, below the minimum of 50.00; on the
/// day before check-in it is half of the nights.
#[tokio::test]
async fn the_host_fee_is_shown_before_deciding_to_host_and_operators() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let check_in = booking.deadlines().check_in();
    for (now, fee) in [
        (check_in - TimeDelta::days(31), usd(50_00)),
        (check_in - TimeDelta::days(1), usd(150_00)),
    ] {
        marketplace.lock().unwrap().now = now;
        for (actor, shown) in [(guest(), None), (host(), Some(fee)), (admin(), Some(fee))] {
            let preview = preview_cancellation(&ports, &actor, booking.id)
                .await
                .unwrap();
            assert_eq!(preview.host_fee, shown);
        }
    }
    let cancelled = cancel(&ports, &host(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(
        cancelled.cancellation.as_ref().unwrap().host_fee,
        Some(usd(150_00))
    );
}

#[tokio::test]
async fn a_suspended_property_takes_no_payment_and_accepts_no_request() {
    let (marketplace, ports) = marketplace();
    let held = reserve(&ports, &guest(), reserve_request()).await.unwrap();
    suspend(&marketplace);
    assert_eq!(
        pay(&ports, &guest(), card(held.id)).await,
        Err(PayError::PropertyUnavailable)
    );
    assert!(marketplace.lock().unwrap().gateway_requests.is_empty());
}

#[tokio::test]
async fn a_request_at_a_suspended_property_is_not_accepted() {
    let (marketplace, ports) = marketplace();
    let asked = requested(&marketplace, &ports).await;
    suspend(&marketplace);
    assert_eq!(
        accept(&ports, &host(), asked.id, None).await,
        Err(AcceptError::Refused(TransitionError::PropertyUnavailable))
    );
    let state = marketplace.lock().unwrap();
    assert_eq!(state.payment().status(), PaymentStatus::Authorized);
}

#[tokio::test]
async fn a_confirmed_booking_goes_on_at_a_suspended_property() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    suspend(&marketplace);
    marketplace.lock().unwrap().now = booking.deadlines().check_in();
    let arrived = check_in(&ports, &guest(), booking.id, None).await.unwrap();
    assert_eq!(arrived.status, BookingStatus::CheckedIn);
}
