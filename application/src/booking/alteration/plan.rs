//! Planning an alteration: its price and the side that accepts it.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{
    AcceptedBy, BookingCommand, BookingStatus, NewAlteration, TransitionError, check_alteration,
};
use sojourn_domain::shared::{
    AlterationId, BookingRole, Guests, RepositoryError, Stay, Violations,
};

use super::request::AlterRequest;
use super::shared::{AlterError, load_property_and_calendar};
use crate::booking::reserve::check_hold_nights;
use crate::booking_with_payment::BookingWithPayment;
use crate::ports::Ports;

/// A priced alteration that its booking allows now.
pub(super) struct AlterationPlan {
    pub(super) new: NewAlteration,
    pub(super) accepted_by: AcceptedBy,
}

/// Prices a requested alteration and decides which side accepts it. Nothing is changed.
///
/// # Errors
/// [`AlterError`]; [`AlterError::PriceChanged`] for another total than the expected one.
pub(super) async fn plan(
    ports: &Ports,
    current: &BookingWithPayment,
    party: BookingRole,
    request: &AlterRequest,
    (stay, guests): (Stay, Guests),
    now: DateTime<Utc>,
) -> Result<AlterationPlan, AlterError> {
    let booking = &current.booking;
    booking.check_alteration_command(party, stay, guests, now)?;
    check_method(party, request.payment_method.as_deref())?;
    if booking.status == BookingStatus::PendingPayment && current.is_charging() {
        return Err(TransitionError::WrongState {
            status: booking.status,
            command: BookingCommand::Alter,
        }
        .into());
    }
    if booking.status == BookingStatus::PendingPayment && ports.guest_activity.is_limited() {
        check_hold_nights(stay, ports.terms.max_hold_nights).map_err(AlterError::Invalid)?;
    }
    let (property, calendar) = load_property_and_calendar(ports, booking, stay).await?;
    let unavailable = check_alteration(booking, &property, &calendar, stay, guests, now)
        .map_err(RepositoryError::from)?;
    if !unavailable.is_empty() {
        return Err(AlterError::Refused(unavailable));
    }
    let price = booking
        .altered_price(&property, &calendar, stay, guests)
        .map_err(AlterError::Price)?;
    let total = price.total;
    if request.expected_total.is_some_and(|seen| seen != total) {
        return Err(AlterError::PriceChanged(total));
    }
    let mode = property.details.booking_mode;
    let accepted_by = booking
        .alteration_accepted_by(party, mode, &price, now)
        .map_err(TransitionError::Money)?;
    let new = NewAlteration {
        id: AlterationId::new(ports.ids.uuid()),
        price,
        payment_method: request.payment_method.clone(),
    };
    Ok(AlterationPlan { new, accepted_by })
}

/// Only the guest names the card that is charged.
///
/// # Errors
/// [`AlterError::Invalid`].
pub(super) fn check_method(party: BookingRole, method: Option<&str>) -> Result<(), AlterError> {
    let Some(method) = method else {
        return Ok(());
    };
    let mut found = Violations::new();
    found.line("/payment_method", method, 200);
    found.require(
        party == BookingRole::Guest,
        "/payment_method",
        "not_allowed",
        "is only allowed for the guest",
    );
    found.into_result(()).map_err(AlterError::Invalid)
}
