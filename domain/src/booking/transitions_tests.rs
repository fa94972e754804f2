//! The transition table, checked against an independent statement of the same rules.

use super::{Command, Status, TRANSITIONS, target};
use crate::shared::Party;

/// State that each command of each role leads to.
fn expected(from: Status, command: Command, by: Party) -> Option<Status> {
    use Command as C;
    use Party as P;
    use Status as S;
    match (from, command, by) {
        (S::PendingPayment, C::Capture, P::System) | (S::AwaitingHost, C::Accept, P::Host) => {
            Some(S::Confirmed)
        }
        (S::PendingPayment, C::Authorize, P::System) => Some(S::AwaitingHost),
        (S::PendingPayment | S::AwaitingHost, C::TimeOut, P::System) => Some(S::Expired),
        (S::AwaitingHost, C::Decline, P::Host) => Some(S::Declined),
        (S::PendingPayment | S::Confirmed, C::Cancel, P::Guest | P::Host | P::Admin)
        | (S::AwaitingHost, C::Cancel, P::Guest)
        | (S::CheckedIn, C::Cancel, P::Host | P::Admin) => Some(S::Cancelled),
        (S::Confirmed, C::CheckIn, P::Guest | P::Host) => Some(S::CheckedIn),
        (S::Confirmed, C::MarkNoShow, P::Host) => Some(S::NoShow),
        (S::Confirmed | S::CheckedIn, C::TimeOut, P::System)
        | (S::CheckedIn, C::CheckOut, P::Guest | P::Host)
        | (S::CheckedIn, C::Cancel, P::Guest) => Some(S::Completed),
        (S::PendingPayment, C::Alter, P::Guest) => Some(S::PendingPayment),
        (S::Confirmed | S::CheckedIn, command, by) if alters(command, by) => Some(from),
        _ => None,
    }
}

/// Roles that take part in altering a confirmed booking.
fn alters(command: Command, by: Party) -> bool {
    use Command as C;
    match command {
        C::Alter | C::DeclineAlteration | C::WithdrawAlteration => {
            matches!(by, Party::Guest | Party::Host)
        }
        C::AcceptAlteration => by != Party::Admin,
        C::PayAlteration | C::RefuseAlteration | C::ExpireAlteration => by == Party::System,
        _ => false,
    }
}

#[test]
fn every_state_command_and_party_does_what_the_rules_say() {
    let parties = [Party::Guest, Party::Host, Party::Admin, Party::System];
    let mut arrows = 0;
    for &from in Status::ALL {
        for &command in Command::ALL {
            for by in parties {
                assert_eq!(
                    target(from, command, by),
                    expected(from, command, by),
                    "{from} {command} {by:?}"
                );
                arrows += usize::from(target(from, command, by).is_some());
            }
        }
    }
    assert_eq!(
        arrows,
        TRANSITIONS
            .iter()
            .map(|arrow| arrow.by.len())
            .sum::<usize>()
    );
    assert!(TRANSITIONS.iter().all(|arrow| !arrow.from.is_terminal()));
}
