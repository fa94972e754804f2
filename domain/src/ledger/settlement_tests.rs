//! Journal balances at each step of a booking's life cycle.

use rstest::rstest;

use crate::booking::lifecycle::transitions::BookingStatus;
use crate::fixtures::{alteration, at, guests};
use crate::journal::entry::PostingReason;
use crate::ledger::test_support::simulation::{Simulation, taxed_cabin};
use crate::payment::entry::EntryKind;
use crate::payment::gateway_call::GatewayCallKind;
use crate::payment::payout::PayoutStatus;
use crate::payment::totals::PaymentStatus;
use crate::shared::booking_role::BookingRole;

const DATES: &str = "2026-07-10/2026-07-14";

#[test]
fn confirmation_posts_sale_and_capture_and_schedules_the_payout() {
    let simulation = Simulation::paid_booking();
    let sale = (PostingReason::Sale, [546_48, 0, -426_80, -75_68, -44_00]);
    assert_eq!(
        simulation.posted(0),
        [sale, (PostingReason::Capture, [-546_48, 546_48, 0, 0, 0])]
    );
    assert_eq!(simulation.payouts(), [(426_80, 0, PayoutStatus::Scheduled)]);
    assert_eq!(
        simulation.payment().payouts[0].due_at,
        at("2026-07-11T19:00:00Z")
    );
}

/// A flexible policy: one night with its tax, and the service fee, are retained.
#[test]
fn cancellation_refunds_what_is_not_kept() {
    let mut simulation = Simulation::paid_booking();
    simulation
        .at("2026-07-10T18:00:00Z")
        .cancel(BookingRole::Guest);
    assert_eq!(
        simulation.posted(2),
        [(
            PostingReason::Cancellation,
            [-374_00, 0, 329_80, 10_20, 34_00]
        )]
    );
    assert_eq!(simulation.open(), [(GatewayCallKind::Refund, 374_00)]);
    assert_eq!(simulation.payouts(), [(97_00, 0, PayoutStatus::Scheduled)]);
    simulation.answer_all(true);
    assert_eq!(
        simulation.posted(3),
        [(PostingReason::Refund, [374_00, -374_00, 0, 0, 0])]
    );
    assert_eq!(simulation.balances(), [0, 172_48, -97_00, -65_48, -10_00]);
}

/// Everything is refunded, and the host owes 25 % of nights and cleaning.
#[test]
fn a_host_who_cancels_owes_the_fee() {
    let mut simulation = Simulation::paid_booking();
    simulation
        .at("2026-07-01T12:00:00Z")
        .cancel(BookingRole::Host);
    simulation.answer_all(true);
    assert_eq!(
        simulation.posted(2)[0],
        (
            PostingReason::Cancellation,
            [-546_48, 0, 536_80, 75_68 - 110_00, 44_00]
        )
    );
    assert_eq!(simulation.balances(), [0, 0, 110_00, -110_00, 0]);
    assert_eq!(simulation.payouts(), []);
}

#[test]
fn a_guest_who_leaves_early_gets_the_mid_stay_refund() {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-07-10T19:00:00Z");
    let arrived = simulation
        .booking
        .clone()
        .check_in(BookingRole::Guest, simulation.now)
        .unwrap();
    simulation.commit(arrived, "arrival").unwrap();
    simulation.at("2026-07-11T20:00:00Z").send_payout(&[]);
    simulation.answer_all(true);
    // Two nights stayed, one more, and the cleaning are retained; the host was paid in full.
    simulation.cancel(BookingRole::Guest);
    simulation.answer_all(true);
    assert_eq!(simulation.booking.status, BookingStatus::Completed);
    // 340.00 of 440.00 with their tax, and the service fee, are retained; the host's share is
    // 329.80.
    assert_eq!(
        simulation.balances(),
        [0, 436_48 - 426_80, 97_00, -72_68, -34_00]
    );
    assert_eq!(simulation.payouts(), [(426_80, 0, PayoutStatus::Paid)]);
}

#[test]
fn an_alteration_that_costs_more_is_charged_and_its_refund_is_split() {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-15",
        guests(2),
    ));
    assert_eq!(
        (simulation.open(), simulation.posted(2)),
        (vec![(GatewayCallKind::Capture, 124_20)], vec![])
    );
    simulation.answer_all(true);
    let altered = (
        PostingReason::Alteration,
        [124_20, 0, -97_00, -17_20, -10_00],
    );
    assert_eq!(
        simulation.posted(2),
        [
            altered,
            (PostingReason::Capture, [-124_20, 124_20, 0, 0, 0])
        ]
    );
    assert_eq!(
        (
            simulation.payment().amount.amount(),
            simulation.booking.price.total.amount()
        ),
        (670_68, 670_68)
    );
    assert_eq!(simulation.payouts(), [(523_80, 0, PayoutStatus::Scheduled)]);
    simulation.cancel(BookingRole::Guest);
    assert_eq!(
        simulation.open(),
        [
            (GatewayCallKind::Refund, 124_20),
            (GatewayCallKind::Refund, 546_48)
        ]
    );
    let captures: Vec<_> = simulation
        .payment()
        .entries
        .iter()
        .map(|entry| Some(entry.id))
        .collect();
    let against: Vec<_> = simulation
        .payment()
        .pending_calls
        .iter()
        .map(|call| call.against)
        .collect();
    assert_eq!(against, [captures[1], captures[0]]);
    simulation.answer_all(true);
    assert_eq!(
        (simulation.balances(), simulation.payment().status()),
        ([0; 5], PaymentStatus::Refunded)
    );
}

#[test]
fn cheaper_alteration_is_refunded_at_once() {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-11/2026-07-14",
        guests(2),
    ));
    assert_eq!(
        simulation.posted(2),
        [(PostingReason::Alteration, [-124_20, 0, 97_00, 17_20, 10_00])]
    );
    assert_eq!(simulation.open(), [(GatewayCallKind::Refund, 124_20)]);
    assert_eq!(
        simulation.payment().payouts[0].due_at,
        at("2026-07-12T19:00:00Z")
    );
}

#[test]
fn declined_alteration_charge_changes_nothing() {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-15",
        guests(2),
    ));
    simulation.answer_all(false);
    assert_eq!((simulation.posted(2), simulation.open()), (vec![], vec![]));
    assert_eq!(simulation.payment().status(), PaymentStatus::Captured);
    assert_eq!(simulation.payment().amount.amount(), 546_48);
}

#[rstest]
#[case(true, &[(PostingReason::Capture, [-124_20, 124_20, 0, 0, 0]), (PostingReason::Refund, [124_20, -124_20, 0, 0, 0])])]
#[case(false, &[])]
fn charge_of_a_cancelled_alteration_is_refunded(
    #[case] taken: bool,
    #[case] posted: &[(PostingReason, [i64; 5])],
) {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-15",
        guests(2),
    ));
    let charge = simulation.payment().pending_calls[0].id;
    simulation.cancel(BookingRole::Guest);
    assert_eq!(
        simulation.open(),
        [
            (GatewayCallKind::Capture, 124_20),
            (GatewayCallKind::Refund, 546_48)
        ]
    );
    let refund = simulation.payment().pending_calls[1].id;
    simulation.answer(refund, true);
    let before = simulation.journal.len();
    simulation.answer(charge, taken);
    simulation.answer_all(true);
    assert_eq!(
        (simulation.posted(before), simulation.balances()),
        (posted.to_vec(), [0; 5])
    );
    let last = simulation.payment().entries.last().unwrap();
    assert_eq!(
        last.reason.as_deref(),
        Some(if taken { "late_capture" } else { "refused" })
    );
}

#[test]
fn late_capture_is_refunded() {
    let mut simulation = Simulation::hold(&taxed_cabin(), DATES);
    simulation.charge(GatewayCallKind::Capture);
    simulation.at("2026-03-01T17:15:00Z").time_out();
    assert_eq!(simulation.open(), [(GatewayCallKind::Capture, 546_48)]);
    simulation.answer_all(true);
    assert_eq!(
        simulation.payment().pending_calls[0].reason.as_deref(),
        Some("late_capture")
    );
    simulation.answer_all(true);
    let back = (PostingReason::Refund, [546_48, -546_48, 0, 0, 0]);
    assert_eq!(
        simulation.posted(0),
        [(PostingReason::Capture, [-546_48, 546_48, 0, 0, 0]), back]
    );
}

#[test]
fn capture_after_the_hold_expired_expires_the_booking_and_is_refunded() {
    let mut simulation = Simulation::hold(&taxed_cabin(), DATES);
    simulation.charge(GatewayCallKind::Capture);
    simulation.at("2026-03-01T17:15:01Z").answer_all(true);
    assert_eq!(simulation.booking.status, BookingStatus::Expired);
    assert_eq!(simulation.open(), [(GatewayCallKind::Refund, 546_48)]);
}

#[test]
fn late_authorization_is_voided_once() {
    let mut simulation = Simulation::hold(&taxed_cabin(), DATES);
    simulation.charge(GatewayCallKind::Authorize);
    simulation.at("2026-03-01T17:15:00Z").time_out();
    simulation.answer_all(true);
    assert_eq!(simulation.open(), [(GatewayCallKind::Void, 546_48)]);
    simulation.answer_all(false);
    assert_eq!((simulation.open(), simulation.posted(0)), (vec![], vec![]));
}

#[test]
fn a_capture_refused_after_the_host_accepted_can_be_declined() {
    let mut simulation = Simulation::hold(&taxed_cabin(), DATES);
    simulation.charge(GatewayCallKind::Authorize);
    simulation.answer_all(true);
    simulation.accept();
    simulation.answer_all(false);
    assert_eq!(
        (simulation.booking.status, simulation.open()),
        (BookingStatus::AwaitingHost, vec![])
    );
    simulation.accept();
    simulation.answer_all(false);
    let declined = simulation
        .booking
        .clone()
        .decline(BookingRole::Host, None, simulation.now)
        .unwrap();
    simulation.commit(declined, "declined").unwrap();
    simulation.answer_all(true);
    assert_eq!(
        (simulation.payment().status(), simulation.posted(0)),
        (PaymentStatus::Voided, vec![])
    );
}

#[test]
fn cancellation_during_the_acceptance_capture_is_refunded() {
    let mut simulation = Simulation::hold(&taxed_cabin(), DATES);
    simulation.charge(GatewayCallKind::Authorize);
    simulation.answer_all(true);
    simulation.accept();
    simulation.cancel(BookingRole::Guest);
    assert_eq!(simulation.open(), [(GatewayCallKind::Capture, 546_48)]);
    let reserved = simulation.payment().entries[0].reference.clone();
    assert_eq!(
        simulation
            .payment()
            .reference_for(&simulation.payment().pending_calls[0]),
        reserved.as_deref()
    );
    simulation.answer_all(true);
    let captured = simulation.payment().entries[1].reference.clone();
    assert_ne!(captured, reserved);
    assert_eq!(
        simulation
            .payment()
            .reference_for(&simulation.payment().pending_calls[0]),
        captured.as_deref()
    );
    simulation.answer_all(true);
    assert_eq!(
        (simulation.balances(), simulation.payment().status()),
        ([0; 5], PaymentStatus::Refunded)
    );
}

#[test]
fn retry_with_another_card_charges_the_current_price() {
    let mut simulation = Simulation::hold(&taxed_cabin(), DATES);
    simulation.charge(GatewayCallKind::Capture);
    let other = || alteration(&taxed_cabin(), "2026-07-10/2026-07-15", guests(2));
    let concurrent = simulation
        .booking
        .clone()
        .alter(BookingRole::Guest, other(), simulation.now)
        .unwrap();
    assert_eq!(
        simulation.commit(concurrent, "alteration"),
        Err(crate::ledger::settlement::SettlementError::Charging)
    );
    simulation.answer_all(false);
    let altered = simulation
        .booking
        .clone()
        .alter(BookingRole::Guest, other(), simulation.now)
        .unwrap();
    simulation.commit(altered, "alteration").unwrap();
    simulation.charge(GatewayCallKind::Capture);
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0, 670_68, -523_80, -92_88, -54_00]);
    assert_eq!(simulation.payment().amount.amount(), 670_68);
}

#[test]
fn no_show_refunds_nothing() {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-07-11T19:00:00Z");
    let gone = simulation
        .booking
        .clone()
        .no_show(BookingRole::Host, simulation.now)
        .unwrap();
    simulation.commit(gone, "no_show").unwrap();
    assert_eq!((simulation.posted(2), simulation.open()), (vec![], vec![]));
}

#[test]
fn failed_refund_is_included_in_the_next_refund() {
    let mut simulation = Simulation::paid_booking();
    simulation.at("2026-05-01T12:00:00Z").alter(alteration(
        &taxed_cabin(),
        "2026-07-10/2026-07-13",
        guests(2),
    ));
    simulation.answer_all(false);
    assert_eq!(simulation.open(), []);
    assert_eq!(
        crate::ledger::funds_allocation::owed_to_guest(simulation.funds())
            .unwrap()
            .amount(),
        124_20
    );
    simulation.cancel(BookingRole::Guest);
    assert_eq!(simulation.open(), [(GatewayCallKind::Refund, 546_48)]);
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0; 5]);
    assert!(
        simulation
            .payment()
            .entries
            .iter()
            .any(|entry| entry.kind == EntryKind::Failure)
    );
}
