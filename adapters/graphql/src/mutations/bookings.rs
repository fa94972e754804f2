//! Mutations of bookings.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::{booking, input as values};
use sojourn_domain::booking::{BookingCommand, CancelRequest};
use sojourn_domain::shared::Violations;

use super::payload::{BookingPayload, begin};
use crate::context::{ApiResult, judged};
use crate::inputs::{CreateBookingInput, optional_text};
use crate::scalars::Id;

/// A booking to change.
#[derive(InputObject)]
pub(crate) struct BookingCommandInput {
    /// Id of the booking.
    pub(super) booking_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    pub(super) expected_version: Option<i64>,
}

/// Refusal of a booking request.
#[derive(InputObject)]
pub(crate) struct DeclineBookingInput {
    /// Id of the booking.
    booking_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Reason, visible to the guest.
    reason: Option<String>,
}

/// Cancellation of a booking.
#[derive(InputObject)]
pub(crate) struct CancelBookingInput {
    /// Id of the booking.
    booking_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Reason of the cancellation, up to 1000 characters.
    reason: Option<String>,
    /// Share of the paid amount to refund, in basis points; only allowed for operators.
    refund_bps: Option<u32>,
}

/// The request of a cancellation, or all violations.
pub(super) fn cancellation(
    reason: Option<String>,
    refund_bps: Option<u32>,
) -> Result<CancelRequest, Violations> {
    let mut found = Violations::new();
    optional_text(&mut found, "/reason", reason.as_deref(), 1_000);
    let granted = refund_bps.map(|bps| values::basis_points(bps, "/refund_bps", &mut found));
    found.into_result(CancelRequest { reason, granted })
}

#[derive(Default)]
pub(crate) struct BookingMutations;

#[Object]
impl BookingMutations {
    /// Creates a booking. Holds the nights for 15 minutes, within which the booking has to be paid.
    async fn create_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: CreateBookingInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let actor = call.actor()?;
        let view = booking::reserve(&call.ports, actor, input.parse()?).await?;
        Ok(view.into())
    }

    /// Accepts a booking request, by the host. Captures the amount authorized on the guest's card. If the payment
    /// provider does not respond (`unavailable`), repeat the request.
    async fn accept_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: BookingCommandInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let view = booking::accept(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }

    /// Declines a booking request, by the host. Releases the nights and the authorization on the guest's card.
    async fn decline_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking and the reason.")] input: DeclineBookingInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let (reason, expected) = (input.reason, input.expected_version);
        let view = booking::decline(&call.ports, actor, id, reason, expected).await?;
        Ok(view.into())
    }

    /// Cancels a booking, by its guest, its host or an operator. Refunds the amount that `cancellation` previews.
    async fn cancel_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking and the reason.")] input: CancelBookingInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (ports, actor, id) = (&call.ports, call.actor()?, input.booking_id.into());
        if input.refund_bps.is_some() {
            booking::permit(ports, actor, id, BookingCommand::Cancel).await?;
            booking::permit_setting_refund(ports, actor, id).await?;
        }
        let permission = booking::permit(ports, actor, id, BookingCommand::Cancel);
        let request = cancellation(input.reason, input.refund_bps);
        let request = judged(request, permission).await?;
        let view = booking::cancel(ports, actor, id, request, input.expected_version).await?;
        Ok(view.into())
    }

    /// Records the check-in, by guest or host, from the check-in time on.
    async fn check_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: BookingCommandInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let view = booking::check_in(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }

    /// Records the check-out, by guest or host.
    async fn check_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: BookingCommandInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let view = booking::check_out(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }

    /// Records that the guests did not arrive, by the host.
    async fn mark_no_show(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: BookingCommandInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let view = booking::no_show(&call.ports, actor, id, input.expected_version).await?;
        Ok(view.into())
    }
}
