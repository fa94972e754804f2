//! The state machine of a booking, as one table.

use crate::property::words;
use crate::shared::Party;

words! {
    /// State of a booking.
    Status {
        /// Nights are held until payment.
        PendingPayment = "pending_payment",
        /// Payment is authorized; the host must answer.
        AwaitingHost = "awaiting_host",
        /// Paid and confirmed.
        Confirmed = "confirmed",
        /// The guests have checked in.
        CheckedIn = "checked_in",
        /// The stay is over.
        Completed = "completed",
        /// Cancelled by the guest, the host or an admin.
        Cancelled = "cancelled",
        /// Declined by the host.
        Declined = "declined",
        /// Expired without payment or answer.
        Expired = "expired",
        /// The guests did not arrive.
        NoShow = "no_show",
    }
    /// Command or event that changes a booking.
    Command {
        /// The payment was captured.
        Capture = "capture",
        /// The payment was authorized.
        Authorize = "authorize",
        /// The host accepts the request.
        Accept = "accept",
        /// The host declines the request.
        Decline = "decline",
        /// The guest, the host or an admin cancels; a guest who has checked in leaves early.
        Cancel = "cancel",
        /// The guests check in.
        CheckIn = "check_in",
        /// The guests check out.
        CheckOut = "check_out",
        /// The host marks a no-show.
        MarkNoShow = "no_show",
        /// The state times out.
        TimeOut = "time_out",
        /// Other dates or guests are requested; applied at once before payment.
        Alter = "alter",
        /// The alteration is accepted by the other side, or by the system for a guest's proposal at
        /// an instant property.
        AcceptAlteration = "accept_alteration",
        /// The other side declines the alteration.
        DeclineAlteration = "decline_alteration",
        /// The proposer withdraws the alteration.
        WithdrawAlteration = "withdraw_alteration",
        /// The difference of an accepted alteration was captured.
        PayAlteration = "pay_alteration",
        /// The charge of an accepted alteration failed.
        RefuseAlteration = "refuse_alteration",
        /// The alteration expired without an answer.
        ExpireAlteration = "expire_alteration",
    }
}

impl Status {
    /// Returns `true` for states that no command leaves.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Cancelled | Self::Declined | Self::Expired | Self::NoShow
        )
    }
}

/// A transition between two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// State before.
    pub from: Status,
    /// Command.
    pub command: Command,
    /// Roles that may give the command.
    pub by: &'static [Party],
    /// State after.
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

/// All transitions; anything else is refused. Time limits, and the side whose turn it is, are
/// checked by the methods of [`super::Booking`]. Commands of an alteration lead back to the same
/// state.
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

/// State to which a command leads, if this role may give it in this state.
#[must_use]
pub fn target(from: Status, command: Command, by: Party) -> Option<Status> {
    TRANSITIONS
        .iter()
        .find(|arrow| arrow.from == from && arrow.command == command && arrow.by.contains(&by))
        .map(|arrow| arrow.to)
}

/// Returns `true` if the role may give this command in any state; otherwise it is refused
/// regardless of the state.
#[must_use]
pub fn may_ever(command: Command, by: Party) -> bool {
    TRANSITIONS
        .iter()
        .any(|arrow| arrow.command == command && arrow.by.contains(&by))
}
