//! Goodwill refunds and the side that bears them.

use crate::journal::entry::PostingReason;
use crate::ledger::test_support::simulation::Simulation;
use crate::payment::gateway_call::GatewayCallKind;
use crate::payment::payout::PayoutStatus;
use crate::shared::booking_role::BookingRole;

#[test]
fn goodwill_is_borne_by_the_giver() {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(50_00, BookingRole::Host);
    assert_eq!(
        simulation.posted(2),
        [(PostingReason::Goodwill, [-50_00, 0, 50_00, 0, 0])]
    );
    assert_eq!(simulation.payouts(), [(376_80, 0, PayoutStatus::Scheduled)]);
    simulation.grant_refund(100_05, BookingRole::Admin);
    assert_eq!(
        simulation.posted(3),
        [(PostingReason::Goodwill, [-100_05, 0, 0, 100_05, 0])]
    );
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0, 396_43, -376_80, 24_37, -44_00]);
}

#[test]
fn failed_goodwill_refund_is_reversed() {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(50_00, BookingRole::Host);
    simulation.answer_all(false);
    assert_eq!(
        simulation.posted(3),
        [(PostingReason::Reversal, [50_00, 0, -50_00, 0, 0])]
    );
    assert_eq!(
        (simulation.open(), simulation.payouts()),
        (vec![], vec![(426_80, 0, PayoutStatus::Scheduled)])
    );
}

/// The policy retains 172.48; 100.00 of it were already refunded as goodwill, so 72.48 are left.
#[test]
fn cancellation_after_goodwill_refunds_both() {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(100_00, BookingRole::Admin);
    simulation.answer_all(true);
    simulation
        .at("2026-07-10T18:00:00Z")
        .cancel(BookingRole::Guest);
    assert_eq!(simulation.open(), [(GatewayCallKind::Refund, 374_00)]);
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0, 72_48, -97_00, 34_52, -10_00]);
}

/// Goodwill of 300.00 and 374.00 under the policy exceed the 546.48 paid: 127.52 of the goodwill
/// stay with its givers, first the host, who gave 200.00 of it, then the marketplace.
#[test]
fn refund_beyond_the_payment_stays_with_the_giver() {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(100_00, BookingRole::Host);
    simulation.grant_refund(200_00, BookingRole::Admin);
    simulation.answer_all(true);
    simulation
        .at("2026-07-10T18:00:00Z")
        .cancel(BookingRole::Guest);
    assert_eq!(simulation.open(), [(GatewayCallKind::Refund, 246_48)]);
    simulation.answer_all(true);
    // 97.00 - 100.00 + 100.00, and 65.48 - 200.00 + 27.52.
    assert_eq!(simulation.balances(), [0, 0, -97_00, 107_00, -10_00]);
}

#[test]
fn failed_goodwill_after_cancellation_leaves_the_policy_refund() {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(300_00, BookingRole::Host);
    simulation
        .at("2026-07-10T18:00:00Z")
        .cancel(BookingRole::Guest);
    assert_eq!(
        simulation.open(),
        [
            (GatewayCallKind::Refund, 300_00),
            (GatewayCallKind::Refund, 246_48)
        ]
    );
    let goodwill = simulation.payment().pending_calls[0].id;
    simulation.answer(goodwill, false);
    // The policy refunds 374.00, of which 246.48 are being refunded.
    assert_eq!(
        simulation.open(),
        [
            (GatewayCallKind::Refund, 246_48),
            (GatewayCallKind::Refund, 127_52)
        ]
    );
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0, 172_48, -97_00, -65_48, -10_00]);
}

#[test]
fn goodwill_may_refund_everything() {
    let mut simulation = Simulation::paid_booking();
    simulation.grant_refund(546_48, BookingRole::Admin);
    simulation.answer_all(true);
    assert_eq!(simulation.balances(), [0, 0, -426_80, 470_80, -44_00]);
    simulation
        .at("2026-07-01T00:00:00Z")
        .cancel(BookingRole::Guest);
    assert_eq!((simulation.open(), simulation.balances()), (vec![], [0; 5]));
}
