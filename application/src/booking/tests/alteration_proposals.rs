//! Alterations by proposal: answers, withdrawal, expiry and nights that are gone.

use chrono::TimeDelta;
use sojourn_domain::booking::{TransitionError, Unavailable};
use sojourn_domain::shared::BookingRole;

use super::alterations::{proposing, stored, until};
use crate::booking::{
    AlterError, BookingTransitionError, accept_alteration, alter, decline_alteration, reserve,
    withdraw_alteration,
};
use crate::test_support::marketplace::{
    admin, assert_consistent, guest, host, marketplace, paid, paid_for, reserve_request_for,
};
use crate::test_support::rounds::process_due_bookings;
use crate::test_support::test_ports::{date, stranger, usd};

#[tokio::test]
async fn a_proposal_waits_for_the_other_side_and_holds_no_nights() {
    let (marketplace, ports, booking) = proposing().await;
    let asked = alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    let proposal = asked.alteration.as_ref().unwrap();
    assert_eq!(
        (asked.stay, proposal.by, proposal.stay.nights()),
        (booking.stay, BookingRole::Guest, 5)
    );
    assert_eq!(marketplace.lock().unwrap().claims.len(), 3);
    let own = accept_alteration(&ports, &guest(), booking.id, None, None).await;
    assert_eq!(own, Err(AlterError::Forbidden));
    assert_eq!(
        accept_alteration(&ports, &stranger(), booking.id, None, None).await,
        Err(AlterError::NotFound)
    );
    assert_eq!(
        accept_alteration(&ports, &admin(), booking.id, None, None).await,
        Err(AlterError::Forbidden)
    );
    let stale = accept_alteration(&ports, &host(), booking.id, None, Some(booking.version)).await;
    assert_eq!(stale, Err(AlterError::Stale));
    let altered = accept_alteration(&ports, &host(), booking.id, None, Some(asked.version))
        .await
        .unwrap();
    assert_eq!(
        (
            altered.stay.nights(),
            marketplace.lock().unwrap().payment().captured()
        ),
        (5, usd(571_00))
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn the_host_proposes_and_the_guest_accepts() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let asked = alter(&ports, &host(), booking.id, until("2026-07-12"), None)
        .await
        .unwrap();
    assert_eq!(asked.alteration.as_ref().unwrap().by, BookingRole::Host);
    let blocked = alter(&ports, &guest(), booking.id, until("2026-07-15"), None).await;
    assert_eq!(
        blocked,
        Err(AlterError::Move(TransitionError::AlterationPending))
    );
    let altered = accept_alteration(&ports, &guest(), booking.id, None, None)
        .await
        .unwrap();
    assert_eq!(
        (
            altered.stay.nights(),
            marketplace.lock().unwrap().payment().refunded()
        ),
        (2, usd(114_20))
    );
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_proposal_whose_nights_are_gone_cannot_be_accepted() {
    let (marketplace, ports, booking) = proposing().await;
    alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    paid_for(&ports, reserve_request_for("2026-07-14/2026-07-16")).await;
    let gone = AlterError::Refused(vec![Unavailable::NightsTaken(vec![date("2026-07-14")])]);
    assert_eq!(
        accept_alteration(&ports, &host(), booking.id, None, None).await,
        Err(gone)
    );
    let asked = alter(&ports, &guest(), booking.id, until("2026-07-16"), None).await;
    assert!(matches!(asked, Err(AlterError::Refused(found)) if found.len() == 1));
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn nights_taken_concurrently_leave_the_booking_unchanged() {
    let (marketplace, ports) = marketplace();
    let booking = paid(&ports).await;
    let (guest, other) = (guest(), reserve_request_for("2026-07-13/2026-07-15"));
    let (altered, reserved) = tokio::join!(
        alter(&ports, &guest, booking.id, until("2026-07-14"), None),
        reserve(&ports, &guest, other),
    );
    assert_ne!(altered.is_ok(), reserved.is_ok());
    assert_consistent(&marketplace);
}

#[tokio::test]
async fn a_proposal_is_declined_or_withdrawn_or_expires() {
    let (marketplace, ports, booking) = proposing().await;
    let reserve_request = until("2026-07-15");
    alter(&ports, &guest(), booking.id, reserve_request.clone(), None)
        .await
        .unwrap();
    let own = decline_alteration(&ports, &guest(), booking.id, None).await;
    assert_eq!(own, Err(BookingTransitionError::Forbidden));
    assert!(
        decline_alteration(&ports, &host(), booking.id, None)
            .await
            .unwrap()
            .alteration
            .is_none()
    );
    let none = decline_alteration(&ports, &host(), booking.id, None).await;
    assert_eq!(
        none,
        Err(BookingTransitionError::Refused(
            TransitionError::NoAlteration
        ))
    );
    alter(&ports, &guest(), booking.id, reserve_request.clone(), None)
        .await
        .unwrap();
    assert!(
        withdraw_alteration(&ports, &guest(), booking.id, None)
            .await
            .unwrap()
            .alteration
            .is_none()
    );
    alter(&ports, &guest(), booking.id, reserve_request.clone(), None)
        .await
        .unwrap();
    marketplace.lock().unwrap().now += TimeDelta::hours(25);
    let late = accept_alteration(&ports, &host(), booking.id, None, None).await;
    assert!(matches!(
        late,
        Err(AlterError::Move(TransitionError::TooLate { .. }))
    ));
    assert_eq!(process_due_bookings(&ports).await, Ok(1));
    assert!(stored(&marketplace).alteration.is_none());
    let reasons: Vec<_> = stored(&marketplace)
        .history
        .iter()
        .filter_map(|step| step.reason.clone())
        .collect();
    let said = [
        "proposed",
        "declined",
        "proposed",
        "withdrawn",
        "proposed",
        "expired",
    ];
    assert_eq!(reasons, said.map(|word| format!("alteration {word}")));
    assert_consistent(&marketplace);
}
