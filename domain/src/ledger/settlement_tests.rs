//! Journal balances at each step of a booking's life cycle.

use rstest::rstest;

use super::Cause;
use super::world::{World, taxed_cabin};
use crate::booking::Status;
use crate::fixtures::{alteration, at, guests};
use crate::payment::{CallKind, EntryKind, PaymentStatus, PayoutStatus};
use crate::shared::Party;

const DATES: &str = "2026-07-10/2026-07-14";

#[test]
fn a_sale_is_posted_with_its_capture_and_plans_the_payout() {
    let world = World::sold();
    let sale = (Cause::Sale, [546_48, 0, -426_80, -75_68, -44_00]);
    assert_eq!(
        world.posted(0),
        [sale, (Cause::Capture, [-546_48, 546_48, 0, 0, 0])]
    );
    assert_eq!(world.payouts(), [(426_80, 0, PayoutStatus::Scheduled)]);
    assert_eq!(
        world.payment().payouts[0].due_at,
        at("2026-07-11T19:00:00Z")
    );
}

/// A flexible policy: one night with its tax, and the service fee, are retained.
#[test]
fn a_cancellation_gives_back_what_is_not_kept() {
    let mut world = World::sold();
    world.at("2026-07-10T18:00:00Z").cancel(Party::Guest);
    assert_eq!(
        world.posted(2),
        [(Cause::Cancellation, [-374_00, 0, 329_80, 10_20, 34_00])]
    );
    assert_eq!(world.open(), [(CallKind::Refund, 374_00)]);
    assert_eq!(world.payouts(), [(97_00, 0, PayoutStatus::Scheduled)]);
    world.answer_all(true);
    assert_eq!(
        world.posted(3),
        [(Cause::Refund, [374_00, -374_00, 0, 0, 0])]
    );
    assert_eq!(world.balances(), [0, 172_48, -97_00, -65_48, -10_00]);
}

/// Everything is refunded, and the host owes 25 % of nights and cleaning.
#[test]
fn a_host_who_cancels_owes_the_fee() {
    let mut world = World::sold();
    world.at("2026-07-01T12:00:00Z").cancel(Party::Host);
    world.answer_all(true);
    assert_eq!(
        world.posted(2)[0],
        (
            Cause::Cancellation,
            [-546_48, 0, 536_80, 75_68 - 110_00, 44_00]
        )
    );
    assert_eq!(world.balances(), [0, 0, 110_00, -110_00, 0]);
    assert_eq!(world.payouts(), []);
}

#[test]
fn a_guest_who_leaves_early_gets_the_mid_stay_refund() {
    let mut world = World::sold();
    world.at("2026-07-10T19:00:00Z");
    let arrived = world
        .booking
        .clone()
        .check_in(Party::Guest, world.now)
        .unwrap();
    world.commit(arrived, "arrival").unwrap();
    world.at("2026-07-11T20:00:00Z").pay_out(&[]);
    world.answer_all(true);
    // Two nights stayed, one more, and the cleaning are retained; the host was paid in full.
    world.cancel(Party::Guest);
    world.answer_all(true);
    assert_eq!(world.booking.status, Status::Completed);
    // 340.00 of 440.00 with their tax, and the service fee, are retained; the host's share is
    // 329.80.
    assert_eq!(
        world.balances(),
        [0, 436_48 - 426_80, 97_00, -72_68, -34_00]
    );
    assert_eq!(world.payouts(), [(426_80, 0, PayoutStatus::Paid)]);
}

#[test]
fn an_alteration_that_costs_more_is_charged_and_its_refund_is_split() {
    let mut world = World::sold();
    world.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-15",
        guests(2),
    ));
    assert_eq!(
        (world.open(), world.posted(2)),
        (vec![(CallKind::Capture, 124_20)], vec![])
    );
    world.answer_all(true);
    let altered = (Cause::Alteration, [124_20, 0, -97_00, -17_20, -10_00]);
    assert_eq!(
        world.posted(2),
        [altered, (Cause::Capture, [-124_20, 124_20, 0, 0, 0])]
    );
    assert_eq!(
        (
            world.payment().amount.amount(),
            world.booking.price.total.amount()
        ),
        (670_68, 670_68)
    );
    assert_eq!(world.payouts(), [(523_80, 0, PayoutStatus::Scheduled)]);
    world.cancel(Party::Guest);
    assert_eq!(
        world.open(),
        [(CallKind::Refund, 124_20), (CallKind::Refund, 546_48)]
    );
    let captures: Vec<_> = world
        .payment()
        .entries
        .iter()
        .map(|entry| Some(entry.id))
        .collect();
    let against: Vec<_> = world
        .payment()
        .calls
        .iter()
        .map(|call| call.against)
        .collect();
    assert_eq!(against, [captures[1], captures[0]]);
    world.answer_all(true);
    assert_eq!(
        (world.balances(), world.payment().status()),
        ([0; 5], PaymentStatus::Refunded)
    );
}

#[test]
fn an_alteration_that_costs_less_is_given_back_at_once() {
    let mut world = World::sold();
    world.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-11/2026-07-14",
        guests(2),
    ));
    assert_eq!(
        world.posted(2),
        [(Cause::Alteration, [-124_20, 0, 97_00, 17_20, 10_00])]
    );
    assert_eq!(world.open(), [(CallKind::Refund, 124_20)]);
    assert_eq!(
        world.payment().payouts[0].due_at,
        at("2026-07-12T19:00:00Z")
    );
}

#[test]
fn a_refused_alteration_leaves_everything_as_it_was() {
    let mut world = World::sold();
    world.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-15",
        guests(2),
    ));
    world.answer_all(false);
    assert_eq!((world.posted(2), world.open()), (vec![], vec![]));
    assert_eq!(world.payment().status(), PaymentStatus::Captured);
    assert_eq!(world.payment().amount.amount(), 546_48);
}

#[rstest]
#[case(true, &[(Cause::Capture, [-124_20, 124_20, 0, 0, 0]), (Cause::Refund, [124_20, -124_20, 0, 0, 0])])]
#[case(false, &[])]
fn an_alteration_cancelled_while_it_is_charged_goes_back(
    #[case] taken: bool,
    #[case] posted: &[(Cause, [i64; 5])],
) {
    let mut world = World::sold();
    world.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-15",
        guests(2),
    ));
    let charge = world.payment().calls[0].id;
    world.cancel(Party::Guest);
    assert_eq!(
        world.open(),
        [(CallKind::Capture, 124_20), (CallKind::Refund, 546_48)]
    );
    let refund = world.payment().calls[1].id;
    world.answer(refund, true);
    let before = world.journal.len();
    world.answer(charge, taken);
    world.answer_all(true);
    assert_eq!(
        (world.posted(before), world.balances()),
        (posted.to_vec(), [0; 5])
    );
    let last = world.payment().entries.last().unwrap();
    assert_eq!(
        last.reason.as_deref(),
        Some(if taken { "late_capture" } else { "refused" })
    );
}

#[test]
fn a_capture_that_comes_late_goes_back() {
    let mut world = World::hold(&taxed_cabin(), DATES);
    world.charge(CallKind::Capture);
    world.at("2026-03-01T17:15:00Z").time_out();
    assert_eq!(world.open(), [(CallKind::Capture, 546_48)]);
    world.answer_all(true);
    assert_eq!(
        world.payment().calls[0].reason.as_deref(),
        Some("late_capture")
    );
    world.answer_all(true);
    let back = (Cause::Refund, [546_48, -546_48, 0, 0, 0]);
    assert_eq!(
        world.posted(0),
        [(Cause::Capture, [-546_48, 546_48, 0, 0, 0]), back]
    );
}

#[test]
fn a_capture_that_comes_after_the_hold_expires_it_and_goes_back() {
    let mut world = World::hold(&taxed_cabin(), DATES);
    world.charge(CallKind::Capture);
    world.at("2026-03-01T17:15:01Z").answer_all(true);
    assert_eq!(world.booking.status, Status::Expired);
    assert_eq!(world.open(), [(CallKind::Refund, 546_48)]);
}

#[test]
fn a_reservation_that_comes_late_is_given_up_and_a_refused_void_is_not_asked_again() {
    let mut world = World::hold(&taxed_cabin(), DATES);
    world.charge(CallKind::Authorize);
    world.at("2026-03-01T17:15:00Z").time_out();
    world.answer_all(true);
    assert_eq!(world.open(), [(CallKind::Void, 546_48)]);
    world.answer_all(false);
    assert_eq!((world.open(), world.posted(0)), (vec![], vec![]));
}

#[test]
fn a_capture_refused_after_the_host_accepted_can_be_declined() {
    let mut world = World::hold(&taxed_cabin(), DATES);
    world.charge(CallKind::Authorize);
    world.answer_all(true);
    world.accept();
    world.answer_all(false);
    assert_eq!(
        (world.booking.status, world.open()),
        (Status::AwaitingHost, vec![])
    );
    world.accept();
    world.answer_all(false);
    let declined = world
        .booking
        .clone()
        .decline(Party::Host, None, world.now)
        .unwrap();
    world.commit(declined, "declined").unwrap();
    world.answer_all(true);
    assert_eq!(
        (world.payment().status(), world.posted(0)),
        (PaymentStatus::Voided, vec![])
    );
}

#[test]
fn a_guest_who_cancels_while_the_acceptance_is_captured_gets_it_back() {
    let mut world = World::hold(&taxed_cabin(), DATES);
    world.charge(CallKind::Authorize);
    world.answer_all(true);
    world.accept();
    world.cancel(Party::Guest);
    assert_eq!(world.open(), [(CallKind::Capture, 546_48)]);
    let reserved = world.payment().entries[0].reference.clone();
    assert_eq!(
        world.payment().reference_for(&world.payment().calls[0]),
        reserved.as_deref()
    );
    world.answer_all(true);
    let captured = world.payment().entries[1].reference.clone();
    assert_ne!(captured, reserved);
    assert_eq!(
        world.payment().reference_for(&world.payment().calls[0]),
        captured.as_deref()
    );
    world.answer_all(true);
    assert_eq!(
        (world.balances(), world.payment().status()),
        ([0; 5], PaymentStatus::Refunded)
    );
}

#[test]
fn another_card_pays_what_the_booking_costs_by_then() {
    let mut world = World::hold(&taxed_cabin(), DATES);
    world.charge(CallKind::Capture);
    let other = || alteration(&taxed_cabin(), "2026-07-10/2026-07-15", guests(2));
    let meanwhile = world
        .booking
        .clone()
        .alter(Party::Guest, other(), world.now)
        .unwrap();
    assert_eq!(
        world.commit(meanwhile, "alteration"),
        Err(super::SettlementError::Charging)
    );
    world.answer_all(false);
    let altered = world
        .booking
        .clone()
        .alter(Party::Guest, other(), world.now)
        .unwrap();
    world.commit(altered, "alteration").unwrap();
    world.charge(CallKind::Capture);
    world.answer_all(true);
    assert_eq!(world.balances(), [0, 670_68, -523_80, -92_88, -54_00]);
    assert_eq!(world.payment().amount.amount(), 670_68);
}

#[test]
fn a_no_show_costs_all() {
    let mut world = World::sold();
    world.at("2026-07-11T19:00:00Z");
    let gone = world
        .booking
        .clone()
        .no_show(Party::Host, world.now)
        .unwrap();
    world.commit(gone, "no_show").unwrap();
    assert_eq!((world.posted(2), world.open()), (vec![], vec![]));
}

#[test]
fn a_refund_that_was_refused_is_owed_and_goes_with_the_next() {
    let mut world = World::sold();
    world.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-13",
        guests(2),
    ));
    world.answer_all(false);
    assert_eq!(world.open(), []);
    assert_eq!(
        super::owed_to_guest(world.books()).unwrap().amount(),
        124_20
    );
    world.cancel(Party::Guest);
    assert_eq!(world.open(), [(CallKind::Refund, 546_48)]);
    world.answer_all(true);
    assert_eq!(world.balances(), [0; 5]);
    assert!(
        world
            .payment()
            .entries
            .iter()
            .any(|entry| entry.kind == EntryKind::Failure)
    );
}
