//! Mutations of payments.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::payment::{self, Pay};
use sojourn_domain::shared::{Money, Violations};

use super::payload::{PaymentPayload, begin};
use crate::context::{ApiResult, judged};
use crate::inputs::optional_text;
use crate::scalars::{Id, MoneyInput};

/// Payment of a booking.
#[derive(InputObject)]
pub(crate) struct PayBookingInput {
    /// Id of the booking to pay.
    booking_id: Id,
    /// Card token of the payment provider, such as `pm_card_visa`.
    payment_method: String,
}

/// Refund of a payment.
#[derive(InputObject)]
pub(crate) struct RefundPaymentInput {
    /// Id of the payment.
    payment_id: Id,
    /// Amount to refund: above zero, at most the captured amount not yet refunded.
    amount: MoneyInput,
    /// Reason of the refund, up to 1000 characters.
    reason: Option<String>,
}

/// The amount and the reason of a refund, or all violations.
pub(super) fn refund(
    amount: &MoneyInput,
    reason: Option<String>,
) -> Result<(Money, Option<String>), Violations> {
    let mut found = Violations::new();
    let amount = amount.parse("/amount", &mut found);
    optional_text(&mut found, "/reason", reason.as_deref(), 1_000);
    match amount {
        Some(amount) => found.into_result((amount, reason)),
        None => Err(found),
    }
}

#[derive(Default)]
pub(crate) struct PaymentMutations;

#[Object]
impl PaymentMutations {
    /// Pays a booking, by the guest. If the card is declined, the hold continues, so that another card can be tried.
    async fn pay_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking and the card.")] input: PayBookingInput,
    ) -> ApiResult<PaymentPayload> {
        let call = begin(ctx);
        let actor = call.actor()?;
        let mut found = Violations::new();
        found.line("/payment_method", &input.payment_method, 200);
        let pay = found.into_result(Pay {
            booking_id: input.booking_id.into(),
            method: input.payment_method,
        })?;
        let view = payment::pay(&call.ports, actor, pay).await?;
        Ok(view.into())
    }

    /// Refunds part or all of the captured amount, by the host or an operator.
    async fn refund_payment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The payment and the amount.")] input: RefundPaymentInput,
    ) -> ApiResult<PaymentPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.payment_id.into());
        let permission = payment::permit_refund(&call.ports, actor, id);
        let (amount, reason) = judged(refund(&input.amount, input.reason), permission).await?;
        let view = payment::refund(&call.ports, actor, id, amount, reason).await?;
        Ok(view.into())
    }
}
