//! Expiring holds, requests and alterations, and completing stays.

use chrono::{DateTime, Utc};
use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::{BookingId, RepositoryError};

use crate::booking_with_payment::BookingWithPayment;
use crate::payment::dispatch_best_effort;
use crate::ports::Ports;
use crate::retry::stored;

/// Maximum number of bookings per round.
const BATCH_SIZE: u32 = 100;

/// Applies the due transitions of bookings and voids the authorizations of expired ones. A booking
/// that changed concurrently is left to the next round.
///
/// # Errors
/// [`RepositoryError::Unavailable`]; a booking that cannot be processed is logged and skipped.
pub async fn process_due_bookings(ports: &Ports) -> Result<usize, RepositoryError> {
    let now = ports.clock.now();
    let mut moved = 0;
    for booking in ports.bookings.due(now, BATCH_SIZE).await? {
        let id = booking.id;
        match time_out(ports, id, now).await {
            Ok(done) => moved += usize::from(done),
            Err(error @ RepositoryError::Unavailable(_)) => return Err(error),
            Err(error) => {
                tracing::error!(booking = %id, %error, "due booking could not be processed");
            }
        }
    }
    Ok(moved)
}

async fn time_out(
    ports: &Ports,
    id: BookingId,
    now: DateTime<Utc>,
) -> Result<bool, RepositoryError> {
    let Some(current) = BookingWithPayment::load(ports, id)
        .await?
        .filter(|current| current.booking.due_at().is_some_and(|due| due <= now))
    else {
        return Ok(false);
    };
    // The host accepted in time: the gateway's result decides.
    if current.booking.status == BookingStatus::AwaitingHost && current.is_charging() {
        return Ok(false);
    }
    let change = current
        .booking
        .clone()
        .time_out(now)
        .map_err(|error| RepositoryError::Internal(error.to_string()))?;
    let Some(moved) = stored(current.commit(ports, change, "expired", now).await)? else {
        return Ok(false);
    };
    dispatch_best_effort(ports, moved.payment.as_ref()).await;
    Ok(true)
}
