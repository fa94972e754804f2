//! Goodwill refunds and the side that bears them.

use super::Cause;
use super::world::World;
use crate::payment::{CallKind, PayoutStatus};
use crate::shared::Party;

#[test]
fn who_gives_bears_it() {
    let mut world = World::sold();
    world.give(50_00, Party::Host);
    assert_eq!(
        world.posted(2),
        [(Cause::Goodwill, [-50_00, 0, 50_00, 0, 0])]
    );
    assert_eq!(world.payouts(), [(376_80, 0, PayoutStatus::Scheduled)]);
    world.give(100_05, Party::Admin);
    assert_eq!(
        world.posted(3),
        [(Cause::Goodwill, [-100_05, 0, 0, 100_05, 0])]
    );
    world.answer_all(true);
    assert_eq!(world.balances(), [0, 396_43, -376_80, 24_37, -44_00]);
}

#[test]
fn a_goodwill_that_the_gateway_refuses_is_taken_back() {
    let mut world = World::sold();
    world.give(50_00, Party::Host);
    world.answer_all(false);
    assert_eq!(
        world.posted(3),
        [(Cause::Reversal, [50_00, 0, -50_00, 0, 0])]
    );
    assert_eq!(
        (world.open(), world.payouts()),
        (vec![], vec![(426_80, 0, PayoutStatus::Scheduled)])
    );
}

/// The policy retains 172.48; 100.00 of it were already refunded as goodwill, so 72.48 are left.
#[test]
fn a_cancellation_after_a_goodwill_gives_both() {
    let mut world = World::sold();
    world.give(100_00, Party::Admin);
    world.answer_all(true);
    world.at("2026-07-10T18:00:00Z").cancel(Party::Guest);
    assert_eq!(world.open(), [(CallKind::Refund, 374_00)]);
    world.answer_all(true);
    assert_eq!(world.balances(), [0, 72_48, -97_00, 34_52, -10_00]);
}

/// Goodwill of 300.00 and 374.00 under the policy exceed the 546.48 paid: 127.52 of the goodwill
/// stay with its givers, first the host, who gave 200.00 of it, then the marketplace.
#[test]
fn what_is_given_twice_stays_with_who_gave_it() {
    let mut world = World::sold();
    world.give(100_00, Party::Host);
    world.give(200_00, Party::Admin);
    world.answer_all(true);
    world.at("2026-07-10T18:00:00Z").cancel(Party::Guest);
    assert_eq!(world.open(), [(CallKind::Refund, 246_48)]);
    world.answer_all(true);
    // 97.00 - 100.00 + 100.00, and 65.48 - 200.00 + 27.52.
    assert_eq!(world.balances(), [0, 0, -97_00, 107_00, -10_00]);
}

#[test]
fn a_goodwill_refused_after_the_cancellation_leaves_what_the_policy_gives() {
    let mut world = World::sold();
    world.give(300_00, Party::Host);
    world.at("2026-07-10T18:00:00Z").cancel(Party::Guest);
    assert_eq!(
        world.open(),
        [(CallKind::Refund, 300_00), (CallKind::Refund, 246_48)]
    );
    let goodwill = world.payment().calls[0].id;
    world.answer(goodwill, false);
    // The policy refunds 374.00, of which 246.48 are being refunded.
    assert_eq!(
        world.open(),
        [(CallKind::Refund, 246_48), (CallKind::Refund, 127_52)]
    );
    world.answer_all(true);
    assert_eq!(world.balances(), [0, 172_48, -97_00, -65_48, -10_00]);
}

#[test]
fn everything_can_be_given() {
    let mut world = World::sold();
    world.give(546_48, Party::Admin);
    world.answer_all(true);
    assert_eq!(world.balances(), [0, 0, -426_80, 470_80, -44_00]);
    world.at("2026-07-01T00:00:00Z").cancel(Party::Guest);
    assert_eq!((world.open(), world.balances()), (vec![], [0; 5]));
}
