//! Alterations of holds, by proposal, and with instant acceptance.

use chrono::TimeDelta;
use sojourn_domain::booking::{
    Booking, BookingCommand, BookingStatus, CancelRequest, TransitionError, Unavailable,
};
use sojourn_domain::payment::{GatewayCallKind, PaymentStatus};
use sojourn_domain::shared::BookingRole;

use super::flow_world::{
    World, admin, card, guest, host, paid, paid_for, refusing, silence, sound, take_requests, wish,
    wish_for, world,
};
use super::{
    AlterError, AlterRequest, GuestsPatch, MoveBookingError, accept_alteration, alter, cancel,
    check_in, decline_alteration, reserve, withdraw_alteration,
};
use crate::payment::pay;
use crate::ports::Ports;
use crate::test_ports::{date, stranger, usd};
use crate::work::{settle_bookings, settle_payments};

fn until(check_out: &str) -> AlterRequest {
    AlterRequest {
        check_out: Some(date(check_out)),
        ..AlterRequest::default()
    }
}

fn stored(world: &World) -> Booking {
    world.lock().unwrap().booking()
}

/// A confirmed booking of three nights at a property without instant booking.
async fn proposing() -> (World, Ports, Booking) {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    take_requests(&world);
    (world, ports, booking)
}

#[tokio::test]
async fn a_hold_changes_at_once_and_is_not_renewed() {
    let (world, ports) = world();
    let held = reserve(&ports, &guest(), wish()).await.unwrap();
    world.lock().unwrap().now += TimeDelta::minutes(10);
    assert_eq!(
        alter(&ports, &host(), held.id, until("2026-07-14"), None)
            .await
            .unwrap_err(),
        AlterError::Move(TransitionError::WrongState {
            status: BookingStatus::PendingPayment,
            command: BookingCommand::Alter
        })
    );
    let booking = alter(&ports, &guest(), held.id, until("2026-07-14"), Some(1))
        .await
        .unwrap();
    assert_eq!(
        (booking.stay.nights(), booking.price.total),
        (4, usd(456_80))
    );
    assert_eq!(booking.hold_expires_at(), held.hold_expires_at());
    assert_eq!(world.lock().unwrap().claims.len(), 4);
    pay(&ports, &guest(), card(&booking)).await.unwrap();
    assert_eq!(world.lock().unwrap().payment().captured(), usd(456_80));
    sound(&world);
}

#[tokio::test]
async fn a_hold_does_not_change_while_it_is_paid() {
    let (world, ports) = world();
    let held = reserve(&ports, &guest(), wish()).await.unwrap();
    silence(&world);
    assert!(pay(&ports, &guest(), card(&held)).await.is_err());
    let wrong = TransitionError::WrongState {
        status: BookingStatus::PendingPayment,
        command: BookingCommand::Alter,
    };
    let refused = alter(&ports, &guest(), held.id, until("2026-07-14"), None).await;
    assert_eq!(refused, Err(AlterError::Move(wrong)));
    world.lock().unwrap().now += TimeDelta::minutes(16);
    let late = alter(&ports, &guest(), held.id, until("2026-07-14"), None).await;
    assert!(matches!(
        late,
        Err(AlterError::Move(TransitionError::TooLate { .. }))
    ));
}

#[tokio::test]
async fn an_instant_property_accepts_its_guests_wish_and_charges_the_difference() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    assert_eq!(
        (altered.stay.nights(), altered.price.total),
        (5, usd(571_00))
    );
    assert!(altered.alteration.is_none());
    let shelf = world.lock().unwrap();
    assert_eq!(
        (shelf.payment().captured(), shelf.payment().amount),
        (usd(571_00), usd(571_00))
    );
    assert_eq!(shelf.charges[1].method.as_deref(), Some("pm_card_visa"));
    assert_eq!(
        (shelf.claims.len(), shelf.payment().total_scheduled()),
        (5, usd(485_00))
    );
    drop(shelf);
    sound(&world);
}

#[tokio::test]
async fn a_cheaper_stay_gives_the_difference_back_at_once() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-12"), None)
        .await
        .unwrap();
    assert_eq!(
        (altered.stay.nights(), altered.price.total),
        (2, usd(228_40))
    );
    let payment = world.lock().unwrap().payment();
    assert_eq!(
        (payment.refunded(), payment.status()),
        (usd(114_20), PaymentStatus::PartiallyRefunded)
    );
    assert_eq!(
        (
            world.lock().unwrap().claims.len(),
            payment.total_scheduled()
        ),
        (2, usd(194_00))
    );
    sound(&world);
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert_eq!(
        world.lock().unwrap().payment().status(),
        PaymentStatus::Refunded
    );
    sound(&world);
}

#[tokio::test]
async fn a_refused_card_leaves_all_as_it_was() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    refusing(&world, "insufficient_funds");
    let refused = alter(&ports, &guest(), booking.id, until("2026-07-15"), None).await;
    assert_eq!(
        refused,
        Err(AlterError::CardRefused {
            code: "insufficient_funds".into()
        })
    );
    let now = stored(&world);
    assert_eq!(
        (now.stay, &now.price, &now.alteration),
        (booking.stay, &booking.price, &None)
    );
    assert_eq!(world.lock().unwrap().claims.len(), 3);
    assert_eq!(
        world.lock().unwrap().payment().captured(),
        booking.price.total
    );
    sound(&world);
}

#[tokio::test]
async fn asking_again_finishes_what_the_gateway_did_not_answer() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    silence(&world);
    let silent = alter(&ports, &guest(), booking.id, until("2026-07-15"), None).await;
    assert_eq!(silent, Err(AlterError::Unavailable));
    assert_eq!(
        (stored(&world).stay, world.lock().unwrap().claims.len()),
        (booking.stay, 5)
    );
    let other = alter(&ports, &guest(), booking.id, until("2026-07-16"), None).await;
    assert_eq!(
        other,
        Err(AlterError::Move(TransitionError::AlterationPending))
    );
    let altered = alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    assert_eq!(altered.stay.nights(), 5);
    assert_eq!(world.lock().unwrap().asked(GatewayCallKind::Capture), 2);
    sound(&world);
}

#[tokio::test]
async fn the_worker_finishes_it_too() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    silence(&world);
    assert!(
        alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
            .await
            .is_err()
    );
    world.lock().unwrap().now += TimeDelta::seconds(11);
    assert_eq!(settle_payments(&ports).await, Ok(1));
    assert_eq!(stored(&world).stay.nights(), 5);
    sound(&world);
}

#[tokio::test]
async fn cancelling_while_the_difference_is_charged_gives_everything_back() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    silence(&world);
    assert!(
        alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
            .await
            .is_err()
    );
    silence(&world);
    cancel(&ports, &guest(), booking.id, CancelRequest::default(), None)
        .await
        .unwrap();
    assert!(world.lock().unwrap().claims.is_empty());
    world.lock().unwrap().now += TimeDelta::seconds(11);
    settle_payments(&ports).await.unwrap();
    let payment = world.lock().unwrap().payment();
    assert_eq!(
        (payment.captured(), payment.refunded()),
        (usd(571_00), usd(571_00))
    );
    sound(&world);
}

#[tokio::test]
async fn a_proposal_waits_for_the_other_side_and_holds_no_nights() {
    let (world, ports, booking) = proposing().await;
    let asked = alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    let proposal = asked.alteration.as_ref().unwrap();
    assert_eq!(
        (asked.stay, proposal.by, proposal.stay.nights()),
        (booking.stay, BookingRole::Guest, 5)
    );
    assert_eq!(world.lock().unwrap().claims.len(), 3);
    let own = accept_alteration(&ports, &guest(), booking.id, None).await;
    assert_eq!(own, Err(AlterError::Forbidden));
    assert_eq!(
        accept_alteration(&ports, &stranger(), booking.id, None).await,
        Err(AlterError::NotFound)
    );
    assert_eq!(
        accept_alteration(&ports, &admin(), booking.id, None).await,
        Err(AlterError::Forbidden)
    );
    let stale = accept_alteration(&ports, &host(), booking.id, Some(booking.version)).await;
    assert_eq!(stale, Err(AlterError::Stale));
    let altered = accept_alteration(&ports, &host(), booking.id, Some(asked.version))
        .await
        .unwrap();
    assert_eq!(
        (
            altered.stay.nights(),
            world.lock().unwrap().payment().captured()
        ),
        (5, usd(571_00))
    );
    sound(&world);
}

#[tokio::test]
async fn the_host_proposes_and_the_guest_accepts() {
    let (world, ports) = world();
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
    let altered = accept_alteration(&ports, &guest(), booking.id, None)
        .await
        .unwrap();
    assert_eq!(
        (
            altered.stay.nights(),
            world.lock().unwrap().payment().refunded()
        ),
        (2, usd(114_20))
    );
    sound(&world);
}

#[tokio::test]
async fn a_proposal_whose_nights_are_gone_cannot_be_accepted() {
    let (world, ports, booking) = proposing().await;
    alter(&ports, &guest(), booking.id, until("2026-07-15"), None)
        .await
        .unwrap();
    paid_for(&ports, wish_for("2026-07-14/2026-07-16")).await;
    let gone = AlterError::Refused(vec![Unavailable::NightsTaken(vec![date("2026-07-14")])]);
    assert_eq!(
        accept_alteration(&ports, &host(), booking.id, None).await,
        Err(gone)
    );
    let asked = alter(&ports, &guest(), booking.id, until("2026-07-16"), None).await;
    assert!(matches!(asked, Err(AlterError::Refused(found)) if found.len() == 1));
    sound(&world);
}

#[tokio::test]
async fn nights_lost_in_the_race_for_them_leave_all_as_it_was() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let (guest, other) = (guest(), wish_for("2026-07-13/2026-07-15"));
    let (altered, reserved) = tokio::join!(
        alter(&ports, &guest, booking.id, until("2026-07-14"), None),
        reserve(&ports, &guest, other),
    );
    assert_ne!(altered.is_ok(), reserved.is_ok());
    sound(&world);
}

#[tokio::test]
async fn a_proposal_is_declined_or_withdrawn_or_expires() {
    let (world, ports, booking) = proposing().await;
    let wish = until("2026-07-15");
    alter(&ports, &guest(), booking.id, wish, None)
        .await
        .unwrap();
    let own = decline_alteration(&ports, &guest(), booking.id, None).await;
    assert_eq!(own, Err(MoveBookingError::Forbidden));
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
        Err(MoveBookingError::Refused(TransitionError::NoAlteration))
    );
    alter(&ports, &guest(), booking.id, wish, None)
        .await
        .unwrap();
    assert!(
        withdraw_alteration(&ports, &guest(), booking.id, None)
            .await
            .unwrap()
            .alteration
            .is_none()
    );
    alter(&ports, &guest(), booking.id, wish, None)
        .await
        .unwrap();
    world.lock().unwrap().now += TimeDelta::hours(25);
    let late = accept_alteration(&ports, &host(), booking.id, None).await;
    assert!(matches!(
        late,
        Err(AlterError::Move(TransitionError::TooLate { .. }))
    ));
    assert_eq!(settle_bookings(&ports).await, Ok(1));
    assert!(stored(&world).alteration.is_none());
    let reasons: Vec<_> = stored(&world)
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
    sound(&world);
}

#[tokio::test]
async fn a_stay_that_has_begun_changes_its_end_alone() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    world.lock().unwrap().now = booking.deadlines().check_in();
    check_in(&ports, &guest(), booking.id, None).await.unwrap();
    let earlier = AlterRequest {
        check_in: Some(date("2026-07-09")),
        ..AlterRequest::default()
    };
    let refused = alter(&ports, &guest(), booking.id, earlier, None).await;
    assert_eq!(
        refused,
        Err(AlterError::Move(TransitionError::CheckOutOnly))
    );
    let longer = alter(&ports, &guest(), booking.id, until("2026-07-14"), None)
        .await
        .unwrap();
    assert_eq!(
        (longer.status, longer.stay.nights()),
        (BookingStatus::CheckedIn, 4)
    );
    let shorter = alter(&ports, &guest(), booking.id, until("2026-07-11"), None)
        .await
        .unwrap();
    assert_eq!(shorter.stay.nights(), 1);
    sound(&world);
}

#[tokio::test]
async fn every_fault_of_a_wish_is_told() {
    let (world, ports) = world();
    let booking = paid(&ports).await;
    let guests = GuestsPatch {
        adults: Some(0),
        ..GuestsPatch::default()
    };
    let odd = AlterRequest {
        guests,
        ..until("2026-07-10")
    };
    let Err(AlterError::Invalid(found)) = alter(&ports, &guest(), booking.id, odd, None).await
    else {
        panic!("expected an error")
    };
    let pointers: Vec<_> = found
        .iter()
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/check_out", "/guests/adults"]);
    let same = alter(&ports, &guest(), booking.id, AlterRequest::default(), None).await;
    assert_eq!(same, Err(AlterError::Move(TransitionError::NothingToAlter)));
    assert_eq!(
        alter(&ports, &admin(), booking.id, until("2026-07-14"), None).await,
        Err(AlterError::Forbidden)
    );
    let crowd = GuestsPatch {
        children: Some(9),
        ..GuestsPatch::default()
    };
    let crowd = AlterRequest {
        guests: crowd,
        ..AlterRequest::default()
    };
    let refused = alter(&ports, &guest(), booking.id, crowd, None).await;
    assert_eq!(
        refused,
        Err(AlterError::Refused(vec![Unavailable::TooManyGuests(4)]))
    );
    world.lock().unwrap().edit(|record| {
        let euro = sojourn_domain::shared::Currency::parse("EUR").unwrap();
        let nightly = sojourn_domain::shared::Money::new(90_00, euro);
        record.details.pricing = Some(sojourn_domain::property::Pricing::nightly(nightly));
    });
    let foreign = alter(&ports, &guest(), booking.id, until("2026-07-14"), None).await;
    assert_eq!(foreign, Err(AlterError::CurrencyChanged));
    assert_eq!(stored(&world), booking);
}
