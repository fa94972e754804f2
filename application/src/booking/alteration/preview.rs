//! Preview of an alteration.

use sojourn_domain::booking::{AcceptedBy, BookingCommand, Price, RefundPolicy, TransitionError};
use sojourn_domain::shared::{Actor, BookingId, Money};

use super::plan::plan;
use super::request::AlterRequest;
use super::shared::AlterError;
use crate::booking::permission::require_role;
use crate::booking_with_payment::BookingWithPayment;
use crate::ports::Ports;

/// Price of an alteration, and the side that would accept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlterationPreview {
    /// Full price of the booking after the alteration.
    pub price: Price,
    /// Difference to the present total; negative when an amount would be refunded.
    pub difference: Money,
    /// The side that would accept it.
    pub accepted_by: AcceptedBy,
    /// Refund policy in force after the alteration.
    pub policy: RefundPolicy,
}

/// Prices an alteration as [`alter`](super::alter()) would now, and changes nothing.
///
/// # Errors
/// [`AlterError`], as the alteration itself.
pub async fn preview_alteration(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: &AlterRequest,
) -> Result<AlterationPreview, AlterError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(AlterError::NotFound)?;
    let party = current.booking.role_of(actor).ok_or(AlterError::NotFound)?;
    require_role(party, BookingCommand::Alter)?;
    let booking = &current.booking;
    let resulting = request
        .resulting_stay(booking)
        .map_err(AlterError::Invalid)?;
    let now = ports.clock.now();
    let plan = plan(ports, &current, party, request, resulting, now).await?;
    let difference = plan.new.price.total.checked_sub(booking.price.total);
    Ok(AlterationPreview {
        difference: difference.map_err(TransitionError::Money)?,
        accepted_by: plan.accepted_by,
        policy: booking.conditions.policy_for(plan.new.price.stay()),
        price: plan.new.price.into_price(),
    })
}
