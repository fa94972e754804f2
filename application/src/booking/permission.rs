//! Permission to give a command to a booking.

use sojourn_domain::booking::{BookingCommand, TransitionError, is_ever_allowed};
use sojourn_domain::shared::{Actor, BookingId, BookingRole};

use crate::access::PermissionError;
use crate::ports::Ports;

/// Permission of the caller, by their role in the booking, to give a command in any of its states. An open
/// alteration is answered by the side that did not propose it, and withdrawn by the other.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    command: BookingCommand,
) -> Result<(), PermissionError> {
    let booking = ports.bookings.get(id).await?;
    let booking = booking.ok_or(PermissionError::NotFound)?;
    let role = booking.role_of(actor).ok_or(PermissionError::NotFound)?;
    require_role(role, command).map_err(|_| PermissionError::Forbidden)?;
    let own = booking.alteration.as_ref().map(|it| it.by == role);
    let turn = match command {
        BookingCommand::AcceptAlteration | BookingCommand::DeclineAlteration => own != Some(true),
        BookingCommand::WithdrawAlteration => own != Some(false),
        _ => true,
    };
    if turn {
        Ok(())
    } else {
        Err(PermissionError::Forbidden)
    }
}

/// Permission to set the refund of a cancellation: that of operators, except in their own bookings.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_setting_refund(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
) -> Result<(), PermissionError> {
    require_refund_setter(role_in(ports, actor, id).await?)
}

async fn role_in(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
) -> Result<BookingRole, PermissionError> {
    let booking = ports.bookings.get(id).await?;
    booking
        .and_then(|booking| booking.role_of(actor))
        .ok_or(PermissionError::NotFound)
}

/// Fails if the role may not set the refund of a cancellation.
pub(super) const fn require_refund_setter(role: BookingRole) -> Result<(), PermissionError> {
    match role {
        BookingRole::Admin => Ok(()),
        BookingRole::Guest | BookingRole::Host | BookingRole::System => {
            Err(PermissionError::Forbidden)
        }
    }
}

/// Fails if the role may never give this command.
pub(super) fn require_role(
    role: BookingRole,
    command: BookingCommand,
) -> Result<(), TransitionError> {
    if is_ever_allowed(command, role) {
        Ok(())
    } else {
        Err(TransitionError::NotAllowed)
    }
}
