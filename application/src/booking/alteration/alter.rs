//! Altering a booking's dates or guests.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::{AcceptedBy, Alteration, Booking, BookingCommand, BookingStatus};
use sojourn_domain::shared::{Actor, BookingId, BookingRole};

use super::plan::plan;
use super::request::AlterRequest;
use super::shared::{AlterError, AlteredBooking, accept_change, commit_step, complete};
use crate::booking::permission::require_role;
use crate::booking::views::BookingView;
use crate::booking_with_payment::BookingWithPayment;
use crate::payment::seconds_until;
use crate::ports::Ports;
use crate::retry::retry_on_conflict;

/// Requests other dates or guests. Nights that were agreed keep their price, added ones cost what
/// they cost now, and everything else follows from the conditions that the booking keeps. A booking
/// that awaits payment changes at once. A confirmed booking gets a proposal for the other party,
/// which replaces an earlier one by the same party; a property with instant booking accepts its
/// guest's proposal automatically if it costs the host nothing, and the price difference is charged
/// or refunded. If the gateway does not respond, repeating the same request resumes the charge.
///
/// # Errors
/// [`AlterError`]; the booking stays unchanged.
pub async fn alter(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: AlterRequest,
    expected: Option<i64>,
) -> Result<BookingView, AlterError> {
    let altered = retry_on_conflict(|| try_alter(ports, actor, id, &request, expected)).await?;
    complete(ports, actor, altered).await
}

/// Checks the number of proposals of a booking within a day.
fn check_proposals(ports: &Ports, booking: &Booking, now: DateTime<Utc>) -> Result<(), AlterError> {
    if booking.status == BookingStatus::PendingPayment || !ports.guest_activity.is_limited() {
        return Ok(());
    }
    booking
        .check_daily_proposals(ports.terms.max_daily_proposals, now)
        .map_err(|limit| AlterError::TooManyProposals(seconds_until(limit.until, now)))
}

async fn try_alter(
    ports: &Ports,
    actor: &Actor,
    id: BookingId,
    request: &AlterRequest,
    expected: Option<i64>,
) -> Result<Option<AlteredBooking>, AlterError> {
    let current = BookingWithPayment::load(ports, id)
        .await?
        .ok_or(AlterError::NotFound)?;
    let party = current.booking.role_of(actor).ok_or(AlterError::NotFound)?;
    require_role(party, BookingCommand::Alter)?;
    let booking = &current.booking;
    let resulting = request
        .resulting_stay(booking)
        .map_err(AlterError::Invalid)?;
    let same = |it: &&Alteration| it.by == party && (it.stay, it.guests) == resulting;
    let proposed = booking.alteration.as_ref().filter(same);
    if let Some(charge) = proposed.and_then(|it| it.charge) {
        return Ok(Some(AlteredBooking {
            current,
            charge: Some(charge),
        }));
    }
    if current.changed_since(expected) {
        return Err(AlterError::Stale);
    }
    let now = ports.clock.now();
    check_proposals(ports, booking, now)?;
    let plan = plan(ports, &current, party, request, resulting, now).await?;
    let change = booking.clone().alter(party, plan.new, now)?;
    let accepted_now =
        plan.accepted_by == AcceptedBy::Instant && change.booking().alteration.is_some();
    let step = if accepted_now {
        let altered = change.booking().clone();
        let by = BookingRole::System;
        let (then, charge) = accept_change(ports, &current, &altered, by, None, now)?;
        (change.followed_by(then), charge)
    } else {
        (change, None)
    };
    commit_step(ports, &current, step, now).await
}
