//! Permission to refund a payment.

use sojourn_domain::shared::{Actor, BookingRole, PaymentId};

use crate::access::PermissionError;
use crate::booking_with_payment::BookingWithPayment;
use crate::ports::Ports;

/// Permission to refund a payment: that of the booking's host and of operators.
///
/// # Errors
/// [`PermissionError`].
pub async fn permit_refund(
    ports: &Ports,
    actor: &Actor,
    id: PaymentId,
) -> Result<(), PermissionError> {
    let loaded = BookingWithPayment::load_by_payment(ports, id).await?;
    let role = loaded.and_then(|(current, _)| current.booking.role_of(actor));
    let role = role.ok_or(PermissionError::NotFound)?;
    require_refunder(role)
}

/// Fails if the role may not refund.
pub(super) const fn require_refunder(role: BookingRole) -> Result<(), PermissionError> {
    match role {
        BookingRole::Host | BookingRole::Admin => Ok(()),
        BookingRole::Guest | BookingRole::System => Err(PermissionError::Forbidden),
    }
}
