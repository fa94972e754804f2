//! The state machine of a booking, as one table.

use crate::shared::booking_role::BookingRole;
use crate::shared::string_enum::string_enum;

string_enum! {
    /// State of a booking.
    BookingStatus {
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
    BookingCommand {
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

impl BookingStatus {
    /// Returns `true` for states in which a booking has ended. Only a stay that time alone
    /// completed can still be marked as a no-show.
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
    pub from: BookingStatus,
    /// Command.
    pub command: BookingCommand,
    /// Roles that may give the command.
    pub by: &'static [BookingRole],
    /// State after.
    pub to: BookingStatus,
}

const fn transition(
    from: BookingStatus,
    command: BookingCommand,
    by: &'static [BookingRole],
    to: BookingStatus,
) -> Transition {
    Transition {
        from,
        command,
        by,
        to,
    }
}

const GUEST_HOST_OR_ADMIN: &[BookingRole] =
    &[BookingRole::Guest, BookingRole::Host, BookingRole::Admin];
const GUEST_OR_HOST: &[BookingRole] = &[BookingRole::Guest, BookingRole::Host];
const GUEST: &[BookingRole] = &[BookingRole::Guest];
const HOST: &[BookingRole] = &[BookingRole::Host];
const HOST_OR_ADMIN: &[BookingRole] = &[BookingRole::Host, BookingRole::Admin];
const GUEST_HOST_OR_SYSTEM: &[BookingRole] =
    &[BookingRole::Guest, BookingRole::Host, BookingRole::System];
const SYSTEM: &[BookingRole] = &[BookingRole::System];

/// All transitions; anything else is refused. Time limits, and the side whose turn it is, are
/// checked by the methods of [`crate::booking::Booking`]. Commands of an alteration lead back to the same
/// state.
pub const TRANSITIONS: &[Transition] = &[
    transition(
        BookingStatus::PendingPayment,
        BookingCommand::Capture,
        SYSTEM,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::PendingPayment,
        BookingCommand::Authorize,
        SYSTEM,
        BookingStatus::AwaitingHost,
    ),
    transition(
        BookingStatus::PendingPayment,
        BookingCommand::TimeOut,
        SYSTEM,
        BookingStatus::Expired,
    ),
    transition(
        BookingStatus::PendingPayment,
        BookingCommand::Cancel,
        GUEST_HOST_OR_ADMIN,
        BookingStatus::Cancelled,
    ),
    transition(
        BookingStatus::PendingPayment,
        BookingCommand::Alter,
        GUEST,
        BookingStatus::PendingPayment,
    ),
    transition(
        BookingStatus::AwaitingHost,
        BookingCommand::Accept,
        HOST,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::AwaitingHost,
        BookingCommand::Decline,
        HOST,
        BookingStatus::Declined,
    ),
    transition(
        BookingStatus::AwaitingHost,
        BookingCommand::TimeOut,
        SYSTEM,
        BookingStatus::Expired,
    ),
    transition(
        BookingStatus::AwaitingHost,
        BookingCommand::Cancel,
        GUEST,
        BookingStatus::Cancelled,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::CheckIn,
        GUEST_OR_HOST,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::Cancel,
        GUEST_HOST_OR_ADMIN,
        BookingStatus::Cancelled,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::MarkNoShow,
        HOST,
        BookingStatus::NoShow,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::TimeOut,
        SYSTEM,
        BookingStatus::Completed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::Alter,
        GUEST_OR_HOST,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::AcceptAlteration,
        GUEST_HOST_OR_SYSTEM,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::DeclineAlteration,
        GUEST_OR_HOST,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::WithdrawAlteration,
        GUEST_OR_HOST,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::PayAlteration,
        SYSTEM,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::RefuseAlteration,
        SYSTEM,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Confirmed,
        BookingCommand::ExpireAlteration,
        SYSTEM,
        BookingStatus::Confirmed,
    ),
    transition(
        BookingStatus::Completed,
        BookingCommand::MarkNoShow,
        HOST,
        BookingStatus::NoShow,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::CheckOut,
        GUEST_OR_HOST,
        BookingStatus::Completed,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::Cancel,
        GUEST,
        BookingStatus::Completed,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::Cancel,
        HOST_OR_ADMIN,
        BookingStatus::Cancelled,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::TimeOut,
        SYSTEM,
        BookingStatus::Completed,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::Alter,
        GUEST_OR_HOST,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::AcceptAlteration,
        GUEST_HOST_OR_SYSTEM,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::DeclineAlteration,
        GUEST_OR_HOST,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::WithdrawAlteration,
        GUEST_OR_HOST,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::PayAlteration,
        SYSTEM,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::RefuseAlteration,
        SYSTEM,
        BookingStatus::CheckedIn,
    ),
    transition(
        BookingStatus::CheckedIn,
        BookingCommand::ExpireAlteration,
        SYSTEM,
        BookingStatus::CheckedIn,
    ),
];

/// State to which a command leads, if this role may give it in this state.
#[must_use]
pub fn next_status(
    from: BookingStatus,
    command: BookingCommand,
    by: BookingRole,
) -> Option<BookingStatus> {
    TRANSITIONS
        .iter()
        .find(|transition| {
            transition.from == from && transition.command == command && transition.by.contains(&by)
        })
        .map(|transition| transition.to)
}

/// Returns `true` if the role may give this command in any state; otherwise it is refused
/// regardless of the state.
#[must_use]
pub fn is_ever_allowed(command: BookingCommand, by: BookingRole) -> bool {
    TRANSITIONS
        .iter()
        .any(|transition| transition.command == command && transition.by.contains(&by))
}
