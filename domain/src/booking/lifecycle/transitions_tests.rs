//! The transition table, checked against an independent statement of the same rules.

use crate::booking::lifecycle::transitions::{
    BookingCommand, BookingStatus, TRANSITIONS, next_status,
};
use crate::shared::booking_role::BookingRole;

/// State that each command of each role leads to.
fn expected(
    from: BookingStatus,
    command: BookingCommand,
    by: BookingRole,
) -> Option<BookingStatus> {
    use BookingCommand as C;
    use BookingRole as P;
    use BookingStatus as S;
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
        (S::Confirmed | S::Completed, C::MarkNoShow, P::Host) => Some(S::NoShow),
        (S::Confirmed | S::CheckedIn, C::TimeOut, P::System)
        | (S::CheckedIn, C::CheckOut, P::Guest | P::Host)
        | (S::CheckedIn, C::Cancel, P::Guest) => Some(S::Completed),
        (S::PendingPayment, C::Alter, P::Guest) => Some(S::PendingPayment),
        (S::Confirmed | S::CheckedIn, command, by) if alters(command, by) => Some(from),
        _ => None,
    }
}

/// Roles that take part in altering a confirmed booking.
fn alters(command: BookingCommand, by: BookingRole) -> bool {
    use BookingCommand as C;
    match command {
        C::Alter | C::DeclineAlteration | C::WithdrawAlteration => {
            matches!(by, BookingRole::Guest | BookingRole::Host)
        }
        C::AcceptAlteration => by != BookingRole::Admin,
        C::PayAlteration | C::RefuseAlteration | C::ExpireAlteration => by == BookingRole::System,
        _ => false,
    }
}

#[test]
fn transitions_match_an_independent_copy_of_the_rules() {
    let parties = [
        BookingRole::Guest,
        BookingRole::Host,
        BookingRole::Admin,
        BookingRole::System,
    ];
    let mut transitions = 0;
    for &from in BookingStatus::ALL {
        for &command in BookingCommand::ALL {
            for by in parties {
                assert_eq!(
                    next_status(from, command, by),
                    expected(from, command, by),
                    "{from} {command} {by:?}"
                );
                transitions += usize::from(next_status(from, command, by).is_some());
            }
        }
    }
    assert_eq!(
        transitions,
        TRANSITIONS
            .iter()
            .map(|transition| transition.by.len())
            .sum::<usize>()
    );
    assert!(
        TRANSITIONS
            .iter()
            .all(|transition| !transition.from.is_terminal()
                || transition.to == BookingStatus::NoShow)
    );
}
