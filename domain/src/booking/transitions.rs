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
        /// A side asks for other dates or guests; before payment that is done at once.
        Alter = "alter",
        /// The other side accepts the alteration; the marketplace, a guest's of an instant property.
        AcceptAlteration = "accept_alteration",
        /// The other side declines the alteration.
        DeclineAlteration = "decline_alteration",
        /// Whoever proposed the alteration withdraws it.
        WithdrawAlteration = "withdraw_alteration",
        /// The difference of an accepted alteration was captured.
        PayAlteration = "pay_alteration",
        /// The gateway refused the difference of an accepted alteration.
        RefuseAlteration = "refuse_alteration",
        /// Nobody answered the alteration in time.
        ExpireAlteration = "expire_alteration",
    }
}

impl Status {
    /// Whether nothing can happen any more.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Cancelled | Self::Declined | Self::Expired | Self::NoShow
        )
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
    Transition {
        from,
        command,
        by,
        to,
    }
}

const ANYBODY: &[Party] = &[Party::Guest, Party::Host, Party::Admin];
const SIDES: &[Party] = &[Party::Guest, Party::Host];
const GUEST: &[Party] = &[Party::Guest];
const HOST: &[Party] = &[Party::Host];
const ABOVE: &[Party] = &[Party::Host, Party::Admin];
const ANSWERING: &[Party] = &[Party::Guest, Party::Host, Party::System];
const SYSTEM: &[Party] = &[Party::System];

/// Every arrow. What is not here cannot happen. When each is in time, and whose turn it is, is asked by the moves
/// of [`super::Booking`]. An alteration is an arrow from a state to itself.
pub const TRANSITIONS: &[Transition] = &[
    arrow(
        Status::PendingPayment,
        Command::Capture,
        SYSTEM,
        Status::Confirmed,
    ),
    arrow(
        Status::PendingPayment,
        Command::Authorize,
        SYSTEM,
        Status::AwaitingHost,
    ),
    arrow(
        Status::PendingPayment,
        Command::TimeOut,
        SYSTEM,
        Status::Expired,
    ),
    arrow(
        Status::PendingPayment,
        Command::Cancel,
        ANYBODY,
        Status::Cancelled,
    ),
    arrow(
        Status::PendingPayment,
        Command::Alter,
        GUEST,
        Status::PendingPayment,
    ),
    arrow(
        Status::AwaitingHost,
        Command::Accept,
        HOST,
        Status::Confirmed,
    ),
    arrow(
        Status::AwaitingHost,
        Command::Decline,
        HOST,
        Status::Declined,
    ),
    arrow(
        Status::AwaitingHost,
        Command::TimeOut,
        SYSTEM,
        Status::Expired,
    ),
    arrow(
        Status::AwaitingHost,
        Command::Cancel,
        GUEST,
        Status::Cancelled,
    ),
    arrow(
        Status::Confirmed,
        Command::CheckIn,
        SIDES,
        Status::CheckedIn,
    ),
    arrow(
        Status::Confirmed,
        Command::Cancel,
        ANYBODY,
        Status::Cancelled,
    ),
    arrow(Status::Confirmed, Command::MarkNoShow, HOST, Status::NoShow),
    arrow(
        Status::Confirmed,
        Command::TimeOut,
        SYSTEM,
        Status::Completed,
    ),
    arrow(Status::Confirmed, Command::Alter, SIDES, Status::Confirmed),
    arrow(
        Status::Confirmed,
        Command::AcceptAlteration,
        ANSWERING,
        Status::Confirmed,
    ),
    arrow(
        Status::Confirmed,
        Command::DeclineAlteration,
        SIDES,
        Status::Confirmed,
    ),
    arrow(
        Status::Confirmed,
        Command::WithdrawAlteration,
        SIDES,
        Status::Confirmed,
    ),
    arrow(
        Status::Confirmed,
        Command::PayAlteration,
        SYSTEM,
        Status::Confirmed,
    ),
    arrow(
        Status::Confirmed,
        Command::RefuseAlteration,
        SYSTEM,
        Status::Confirmed,
    ),
    arrow(
        Status::Confirmed,
        Command::ExpireAlteration,
        SYSTEM,
        Status::Confirmed,
    ),
    arrow(
        Status::CheckedIn,
        Command::CheckOut,
        SIDES,
        Status::Completed,
    ),
    arrow(Status::CheckedIn, Command::Cancel, GUEST, Status::Completed),
    arrow(Status::CheckedIn, Command::Cancel, ABOVE, Status::Cancelled),
    arrow(
        Status::CheckedIn,
        Command::TimeOut,
        SYSTEM,
        Status::Completed,
    ),
    arrow(Status::CheckedIn, Command::Alter, SIDES, Status::CheckedIn),
    arrow(
        Status::CheckedIn,
        Command::AcceptAlteration,
        ANSWERING,
        Status::CheckedIn,
    ),
    arrow(
        Status::CheckedIn,
        Command::DeclineAlteration,
        SIDES,
        Status::CheckedIn,
    ),
    arrow(
        Status::CheckedIn,
        Command::WithdrawAlteration,
        SIDES,
        Status::CheckedIn,
    ),
    arrow(
        Status::CheckedIn,
        Command::PayAlteration,
        SYSTEM,
        Status::CheckedIn,
    ),
    arrow(
        Status::CheckedIn,
        Command::RefuseAlteration,
        SYSTEM,
        Status::CheckedIn,
    ),
    arrow(
        Status::CheckedIn,
        Command::ExpireAlteration,
        SYSTEM,
        Status::CheckedIn,
    ),
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
    TRANSITIONS
        .iter()
        .any(|arrow| arrow.command == command && arrow.by.contains(&by))
}
