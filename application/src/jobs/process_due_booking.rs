//! Expiring holds, requests and alterations, and completing stays.

use sojourn_domain::booking::BookingStatus;
use sojourn_domain::shared::{BookingId, RepositoryError};

use crate::booking_with_payment::BookingWithPayment;
use crate::jobs::handoff::Handoff;
use crate::jobs::work::WorkError;
use crate::ports::Ports;
use crate::retry::retry_on_conflict;

/// Applies the due transition of a booking. Gateway calls that follow from it, such as the void of
/// an authorization, are stored with it and handed over.
///
/// # Errors
/// [`WorkError::NotYet`] while the gateway's result decides instead.
pub(super) async fn process_due_booking(
    ports: &Ports,
    id: BookingId,
    handoff: &Handoff,
) -> Result<(), WorkError> {
    let now = ports.clock.now();
    retry_on_conflict(|| async {
        let Some(current) = BookingWithPayment::load(ports, id)
            .await?
            .filter(|current| current.booking.due_at().is_some_and(|due| due <= now))
        else {
            return Ok(Some(()));
        };
        // The host accepted in time: the gateway's result decides.
        if current.booking.status == BookingStatus::AwaitingHost && current.is_charging() {
            return Err(WorkError::NotYet("the gateway has not answered the charge"));
        }
        let change = current
            .booking
            .clone()
            .time_out(now)
            .map_err(|error| RepositoryError::Internal(error.to_string()))?;
        let commit = current.commit(ports, change, "expired", now).await;
        let moved = crate::retry::stored(commit)?;
        Ok(moved.map(|moved| handoff.offer(moved.payment.as_ref())))
    })
    .await
}
