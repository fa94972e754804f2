//! Mutations of the dates and guests of bookings.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::booking;
use sojourn_domain::booking::BookingCommand;

use super::bookings::BookingCommandInput;
use super::payload::{BookingPayload, begin};
use crate::context::{ApiResult, judged};
use crate::inputs::BookingChanges;
use crate::scalars::Id;

/// Changes of the dates and guests of a booking.
#[derive(InputObject)]
pub(crate) struct AlterBookingInput {
    /// Id of the booking.
    booking_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// The changes.
    changes: BookingChanges,
}

/// Acceptance of an alteration.
#[derive(InputObject)]
pub(crate) struct AcceptAlterationInput {
    /// Id of the booking.
    booking_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Card that is charged if the change costs more; the booking's card when absent. Only allowed for the guest.
    payment_method: Option<String>,
}

#[derive(Default)]
pub(crate) struct AlterationMutations;

#[Object]
impl AlterationMutations {
    /// Changes the dates or guests of a booking. An unpaid booking changes at once; otherwise the change is a
    /// proposal to the other party, which a property with instant booking accepts automatically if it costs the host
    /// nothing.
    async fn alter_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: AlterBookingInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (ports, actor, id) = (&call.ports, call.actor()?, input.booking_id.into());
        let permission = booking::permit(ports, actor, id, BookingCommand::Alter);
        let request = judged(input.changes.parse(), permission).await?;
        let view = booking::alter(ports, actor, id, request, input.expected_version).await?;
        Ok(view.into())
    }

    /// Accepts an alteration, by the other party. A higher price is charged to the guest's card, a lower one is
    /// refunded. If the payment provider does not respond (`unavailable`), repeat the request.
    async fn accept_alteration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking and the card.")] input: AcceptAlterationInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let (method, expected) = (input.payment_method, input.expected_version);
        let view = booking::accept_alteration(&call.ports, actor, id, method, expected).await?;
        Ok(view.into())
    }

    /// Declines an alteration, by the other party. The booking stays unchanged.
    async fn decline_alteration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: BookingCommandInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let expected = input.expected_version;
        let view = booking::decline_alteration(&call.ports, actor, id, expected).await?;
        Ok(view.into())
    }

    /// Withdraws an alteration, by the party that proposed it. The booking stays unchanged.
    async fn withdraw_alteration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking.")] input: BookingCommandInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let expected = input.expected_version;
        let view = booking::withdraw_alteration(&call.ports, actor, id, expected).await?;
        Ok(view.into())
    }
}
