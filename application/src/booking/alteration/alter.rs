//! Altering a booking's dates or guests.

use chrono::{DateTime, NaiveDate, Utc};
use sojourn_domain::booking::{
    Alteration, Booking, BookingCommand, BookingStatus, NewAlteration, Price, RatePlan,
    RefundPolicy, TransitionError, check_alteration, price,
};
use sojourn_domain::property::{BookingMode, Calendar, Property};
use sojourn_domain::shared::{
    Actor, AlterationId, BookingId, BookingRole, Guests, GuestsError, Stay, StayError, Violations,
};

use super::shared::{
    AlterError, AlteredBooking, accept_change, commit_step, complete, load_property_and_calendar,
    merge,
};
use crate::booking::permission::require_role;
use crate::booking_with_payment::BookingWithPayment;
use crate::ports::Ports;
use crate::retry::retry_on_conflict;

/// Requested changes. Absent fields stay unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlterRequest {
    /// New check-in date.
    pub check_in: Option<NaiveDate>,
    /// New check-out date.
    pub check_out: Option<NaiveDate>,
    /// New guest counts.
    pub guests: GuestsPatch,
}

/// Guest counts per kind. Absent fields stay unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GuestsPatch {
    /// Number of adults.
    pub adults: Option<u32>,
    /// Number of children.
    pub children: Option<u32>,
    /// Number of infants.
    pub infants: Option<u32>,
    /// Number of pets.
    pub pets: Option<u32>,
}

/// Requests other dates or guests, at the property's current prices and the booking's own terms. A
/// booking that awaits payment changes at once. A confirmed booking gets a proposal for the other
/// party, which replaces an earlier one by the same party; a property with instant booking accepts
/// its guest's proposal automatically, and the price difference is charged or refunded. If the
/// gateway does not respond, repeating the same request resumes the charge.
///
/// # Errors
/// [`AlterError`]; the booking stays unchanged.
pub async fn alter(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: AlterRequest,
    expected: Option<i64>,
) -> Result<Booking, AlterError> {
    let altered = retry_on_conflict(|| try_alter(ports, actor, id, request, expected)).await?;
    complete(ports, altered).await
}

async fn try_alter(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: AlterRequest,
    expected: Option<i64>,
) -> Result<Option<AlteredBooking>, AlterError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(AlterError::NotFound)?;
    let party = current.booking.role_of(actor).ok_or(AlterError::NotFound)?;
    require_role(party, BookingCommand::Alter)?;
    let booking = &current.booking;
    let (stay, guests) = requested_stay(booking, request).map_err(AlterError::Invalid)?;
    let same = |it: &&Alteration| it.by == party && (it.stay, it.guests) == (stay, guests);
    if let Some(charge) = booking
        .alteration
        .as_ref()
        .filter(same)
        .and_then(|it| it.charge)
    {
        return Ok(Some(AlteredBooking {
            current,
            charge: Some(charge),
        }));
    }
    if current.changed_since(expected) {
        return Err(AlterError::Stale);
    }
    let now = ports.clock.now();
    let id = AlterationId::new(ports.ids.uuid());
    let new = |price| NewAlteration {
        id,
        stay,
        guests,
        price,
    };
    // Checked before pricing, because it does not depend on the price.
    booking
        .clone()
        .alter(party, new(booking.price.clone()), now)?;
    if booking.status == BookingStatus::PendingPayment && current.is_charging() {
        return Err(TransitionError::WrongState {
            status: booking.status,
            command: BookingCommand::Alter,
        }
        .into());
    }
    let (property, calendar) = load_property_and_calendar(ports, booking, stay).await?;
    let price = reprice(booking, &property, &calendar, stay, guests, now)?;
    let change = booking.clone().alter(party, new(price), now)?;
    let accepted_instantly =
        party == BookingRole::Guest && property.details.booking_mode == BookingMode::Instant;
    let step = if accepted_instantly && change.booking.alteration.is_some() {
        let (then, charge) = accept_change(
            ports,
            &current,
            change.booking.clone(),
            BookingRole::System,
            now,
        )?;
        (merge(change, then), charge)
    } else {
        (change, None)
    };
    commit_step(ports, &current, step, now).await
}

/// The resulting dates and guests, or all violations.
fn requested_stay(booking: &Booking, request: AlterRequest) -> Result<(Stay, Guests), Violations> {
    let mut found = Violations::new();
    let check_in = request.check_in.unwrap_or(booking.stay.check_in());
    let check_out = request.check_out.unwrap_or(booking.stay.check_out());
    let stay = Stay::try_new(check_in, check_out).map_err(|error| {
        let (pointer, code) = match error {
            StayError::Empty => ("/check_out", "contradiction"),
            StayError::TooLong => ("/check_out", "out_of_range"),
            StayError::BadDate => ("/check_in", "out_of_range"),
        };
        found.add(pointer, code, error.to_string());
    });
    let (before, changes) = (booking.guests, request.guests);
    let guests = Guests::try_new(
        changes.adults.unwrap_or(before.adults()),
        changes.children.unwrap_or(before.children()),
        changes.infants.unwrap_or(before.infants()),
        changes.pets.unwrap_or(before.pets()),
    )
    .map_err(|error| {
        let pointer = match error {
            GuestsError::NoAdult => "/guests/adults",
            GuestsError::TooMany => "/guests",
        };
        found.add(pointer, "out_of_range", error.to_string());
    });
    match (stay, guests) {
        (Ok(stay), Ok(guests)) => Ok((stay, guests)),
        (Err(()), _) | (_, Err(())) => Err(found),
    }
}

/// Prices the altered stay at current rates under the booking's original conditions.
fn reprice(
    booking: &Booking,
    property: &Property,
    calendar: &Calendar,
    stay: Stay,
    guests: Guests,
    now: DateTime<Utc>,
) -> Result<Price, AlterError> {
    let unavailable = check_alteration(booking, property, calendar, stay, guests, now);
    if !unavailable.is_empty() {
        return Err(AlterError::Refused(unavailable));
    }
    let rate = match booking.policy {
        RefundPolicy::NonRefundable => RatePlan::NonRefundable,
        RefundPolicy::Flexible
        | RefundPolicy::Moderate
        | RefundPolicy::Limited
        | RefundPolicy::Firm
        | RefundPolicy::Strict
        | RefundPolicy::SuperStrict30
        | RefundPolicy::SuperStrict60
        | RefundPolicy::LongTermFirm
        | RefundPolicy::LongTermStrict => RatePlan::Standard,
    };
    let price = price(property, calendar, stay, guests, rate, &booking.terms, now)
        .map_err(AlterError::Price)?;
    if price.currency() == booking.price.currency() {
        Ok(price)
    } else {
        Err(AlterError::CurrencyChanged)
    }
}
