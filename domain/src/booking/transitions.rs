//! The life of a booking, as one table.

use crate::property::words;
use crate::shared::Party;

words! {
    /// Where a booking is in its life.
    Status {
        /// Nights are held while payment is awaited.
        PendingPayment = "pending_payment",
        /// Payment is authorised; the host has to answer.
        AwaitingHost = "awaiting_host",
        /// Paid and certain.
        Confirmed = "confirmed",
        /// The guests are there.
        CheckedIn = "checked_in",
        /// The stay is over.
        Completed = "completed",
        /// One side, or an operator, called it off.
        Cancelled = "cancelled",
        /// The host declined.
        Declined = "declined",
        /// Nobody acted in time.
        Expired = "expired",
        /// The guests never came.
        NoShow = "no_show",
    }
    /// What can happen to a booking.
    Command {
        /// The payment was captured.
        Capture = "capture",
        /// The payment was authorised.
        Authorize = "authorize",
        /// The host accepts.
        Accept = "accept",
        /// The host declines.
        Decline = "decline",
        /// Somebody cancels; a guest who has checked in leaves early.
        Cancel = "cancel",
        /// The guests arrive.
        CheckIn = "check_in",
        /// The guests leave.
        CheckOut = "check_out",
        /// The guests never came.
        MarkNoShow = "no_show",
        /// The time for the state is over.
        TimeOut = "time_out",
    }
}

impl Status {
    /// Whether nothing can happen any more.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::Declined | Self::Expired | Self::NoShow)
    }
}

/// One arrow of the life of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// From here …
    pub from: Status,
    /// … by this …
    pub command: Command,
    /// … done by one of these …
    pub by: &'static [Party],
    /// … to here.
    pub to: Status,
}

const fn arrow(from: Status, command: Command, by: &'static [Party], to: Status) -> Transition {
    Transition { from, command, by, to }
}

const ANYBODY: &[Party] = &[Party::Guest, Party::Host, Party::Admin];
const SIDES: &[Party] = &[Party::Guest, Party::Host];
const GUEST: &[Party] = &[Party::Guest];
const HOST: &[Party] = &[Party::Host];
const ABOVE: &[Party] = &[Party::Host, Party::Admin];
const SYSTEM: &[Party] = &[Party::System];

/// Every arrow. What is not here cannot happen. When each is in time is asked by the moves of
/// [`super::Booking`].
pub const TRANSITIONS: &[Transition] = &[
    arrow(Status::PendingPayment, Command::Capture, SYSTEM, Status::Confirmed),
    arrow(Status::PendingPayment, Command::Authorize, SYSTEM, Status::AwaitingHost),
    arrow(Status::PendingPayment, Command::TimeOut, SYSTEM, Status::Expired),
    arrow(Status::PendingPayment, Command::Cancel, ANYBODY, Status::Cancelled),
    arrow(Status::AwaitingHost, Command::Accept, HOST, Status::Confirmed),
    arrow(Status::AwaitingHost, Command::Decline, HOST, Status::Declined),
    arrow(Status::AwaitingHost, Command::TimeOut, SYSTEM, Status::Expired),
    arrow(Status::AwaitingHost, Command::Cancel, GUEST, Status::Cancelled),
    arrow(Status::Confirmed, Command::CheckIn, SIDES, Status::CheckedIn),
    arrow(Status::Confirmed, Command::Cancel, ANYBODY, Status::Cancelled),
    arrow(Status::Confirmed, Command::MarkNoShow, HOST, Status::NoShow),
    arrow(Status::Confirmed, Command::TimeOut, SYSTEM, Status::Completed),
    arrow(Status::CheckedIn, Command::CheckOut, SIDES, Status::Completed),
    arrow(Status::CheckedIn, Command::Cancel, GUEST, Status::Completed),
    arrow(Status::CheckedIn, Command::Cancel, ABOVE, Status::Cancelled),
    arrow(Status::CheckedIn, Command::TimeOut, SYSTEM, Status::Completed),
];

/// Where a command leads, if it may be given here by this party.
#[must_use]
pub fn target(from: Status, command: Command, by: Party) -> Option<Status> {
    TRANSITIONS
        .iter()
        .find(|arrow| arrow.from == from && arrow.command == command && arrow.by.contains(&by))
        .map(|arrow| arrow.to)
}

/// Whether the party may ever give this command: if not, it is told so whatever the state.
#[must_use]
pub fn may_ever(command: Command, by: Party) -> bool {
    TRANSITIONS.iter().any(|arrow| arrow.command == command && arrow.by.contains(&by))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same table, written a second time as DOMAIN's prose has it: what each party can bring each state to.
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
            _ => None,
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
        assert_eq!(arrows, TRANSITIONS.iter().map(|arrow| arrow.by.len()).sum::<usize>());
        assert!(TRANSITIONS.iter().all(|arrow| !arrow.from.is_terminal()));
    }
}
