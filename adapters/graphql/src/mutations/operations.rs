//! Mutations that require the role `ADMIN`.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use sojourn_application::access::permit_admin;
use sojourn_application::jobs::JobOperator;
use sojourn_application::user::AccountEdit;
use sojourn_application::{
    booking, input as values, jobs, payment, payout, property, second_factor, user,
};
use sojourn_domain::shared::{Currency, Violations};

use super::bookings::cancellation;
use super::payload::{
    AccountDecisionPayload, BookingPayload, DonePayload, PaymentPayload, PropertyPayload, begin,
};
use super::payments::refund;
use crate::context::{ApiResult, judged};
use crate::scalars::{Id, MoneyInput, Role};
use crate::types::HostBalance;

/// A decision about an account.
#[derive(InputObject)]
pub(crate) struct AccountDecisionInput {
    /// Id of the account.
    user_id: Id,
    /// Reason, recorded in the audit log; free text without personal data, up to 1000 characters.
    reason: String,
}

/// A decision about a property.
#[derive(InputObject)]
pub(crate) struct PropertyDecisionInput {
    /// Id of the property.
    property_id: Id,
    /// Reason, recorded in the audit log; free text without personal data, up to 1000 characters.
    reason: String,
}

/// A decision about background work.
#[derive(InputObject)]
pub(crate) struct JobDecisionInput {
    /// Id of the work.
    job_id: Id,
    /// Reason, recorded in the audit log; free text without personal data, up to 1000 characters.
    reason: String,
}

/// Changes of an account: absent fields stay unchanged.
#[derive(InputObject)]
pub(crate) struct ChangeAccountInput {
    /// Id of the account.
    user_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Role of the account.
    role: Option<Role>,
    /// New email address. It stays unverified until the owner sets a password through a mailed link.
    email: Option<String>,
}

/// Cancellation of any booking.
#[derive(InputObject)]
pub(crate) struct CancelAnyBookingInput {
    /// Id of the booking.
    booking_id: Id,
    /// Version that the caller knows; any other fails with `precondition_failed`.
    expected_version: Option<i64>,
    /// Reason, visible to guest and host, up to 1000 characters.
    reason: String,
    /// Share of the paid amount to refund, in basis points; 10000 (all of it) when absent.
    refund_bps: Option<u32>,
}

/// Refund at the expense of the marketplace.
#[derive(InputObject)]
pub(crate) struct GiveRefundInput {
    /// Id of the payment.
    payment_id: Id,
    /// Amount to refund: above zero, at most the captured amount not yet refunded.
    amount: MoneyInput,
    /// Reason of the refund, up to 1000 characters.
    reason: String,
}

/// Waiver of a host's debt.
#[derive(InputObject)]
pub(crate) struct WaiveDebtInput {
    /// Id of the host's account.
    user_id: Id,
    /// ISO 4217 code of the debt.
    currency: String,
    /// Reason, recorded in the audit log; free text without personal data, up to 1000 characters.
    reason: String,
}

impl WaiveDebtInput {
    fn parse(&self) -> Result<Currency, Violations> {
        let mut found = Violations::new();
        let currency = values::currency(&self.currency, "/currency", &mut found);
        found.text("/reason", &self.reason, 1_000);
        match currency {
            Some(currency) => found.into_result(currency),
            None => Err(found),
        }
    }
}

/// Result of a waiver.
#[derive(SimpleObject)]
pub(crate) struct WaiveDebtPayload {
    /// The host's balances after the waiver, one item per currency.
    balances: Vec<HostBalance>,
}

#[derive(Default)]
pub(crate) struct OperatorMutations;

#[Object]
impl OperatorMutations {
    /// Changes the role or email address of an account, and ends all its sessions. Requires the role `ADMIN`.
    async fn change_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: ChangeAccountInput,
    ) -> ApiResult<AccountDecisionPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.user_id.into());
        let edit = AccountEdit {
            role: input.role.map(Into::into),
            email: input.email,
        };
        let expected = input.expected_version;
        let view = user::change_account(&call.ports, actor, id, edit, expected).await?;
        Ok(view.into())
    }

    /// Suspends an account: ends its sessions and suspends its listed properties. Existing bookings stay valid.
    /// Requires the role `ADMIN`.
    async fn suspend_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account and the reason.")] input: AccountDecisionInput,
    ) -> ApiResult<AccountDecisionPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.user_id.into());
        let view = user::suspend(&call.ports, actor, id, input.reason).await?;
        Ok(view.into())
    }

    /// Reinstates a suspended account. Its properties stay suspended until they are reinstated one by one. Requires the
    /// role `ADMIN`.
    async fn reinstate_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account and the reason.")] input: AccountDecisionInput,
    ) -> ApiResult<AccountDecisionPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.user_id.into());
        let view = user::reinstate(&call.ports, actor, id, input.reason).await?;
        Ok(view.into())
    }

    /// Resets the second factor of an account, for owners who lost both the authenticator app and the recovery codes.
    /// The owner is notified by email. Requires the role `ADMIN`.
    async fn reset_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account and the reason.")] input: AccountDecisionInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.user_id.into());
        second_factor::reset(&call.ports, actor, id, input.reason).await?;
        Ok(DonePayload::DONE)
    }

    /// Suspends a property: it is no longer listed, and its host cannot publish it until it is reinstated. Existing
    /// bookings stay valid. Requires the role `ADMIN`.
    async fn suspend_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property and the reason.")] input: PropertyDecisionInput,
    ) -> ApiResult<PropertyPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        let view = property::suspend(&call.ports, actor, id, input.reason).await?;
        Ok(view.into())
    }

    /// Reinstates a suspended property. Requires the role `ADMIN`.
    async fn reinstate_property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The property and the reason.")] input: PropertyDecisionInput,
    ) -> ApiResult<PropertyPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.property_id.into());
        let view = property::reinstate(&call.ports, actor, id, input.reason).await?;
        Ok(view.into())
    }

    /// Cancels any booking. Requires the role `ADMIN`.
    async fn cancel_any_booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The booking and the reason.")] input: CancelAnyBookingInput,
    ) -> ApiResult<BookingPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.booking_id.into());
        let request = cancellation(Some(input.reason), input.refund_bps);
        let request = judged(request, permit_admin(actor)).await?;
        let expected = input.expected_version;
        let view = booking::cancel_as_admin(&call.ports, actor, id, request, expected).await?;
        Ok(view.into())
    }

    /// Refunds part or all of the captured amount at the expense of the marketplace. Requires the role `ADMIN`.
    async fn give_refund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The payment, the amount and the reason.")] input: GiveRefundInput,
    ) -> ApiResult<PaymentPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.payment_id.into());
        let (amount, _) = judged(refund(&input.amount, None), permit_admin(actor)).await?;
        let view = payment::refund_as_admin(&call.ports, actor, id, amount, input.reason).await?;
        Ok(view.into())
    }

    /// Waives everything that a host owes in a currency from bookings that are over. The marketplace bears it. Requires
    /// the role `ADMIN`.
    async fn waive_debt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The host, the currency and the reason.")] input: WaiveDebtInput,
    ) -> ApiResult<WaiveDebtPayload> {
        let call = begin(ctx);
        let (actor, id) = (call.actor()?, input.user_id.into());
        let currency = judged(input.parse(), permit_admin(actor)).await?;
        let reason = input.reason;
        let balances = payout::waive_debt(&call.ports, actor, id, currency, reason).await?;
        Ok(WaiveDebtPayload {
            balances: balances.into_iter().map(Into::into).collect(),
        })
    }

    /// Makes background work due now, with all its attempts again. Fails with `wrong_state` while it is running.
    /// Requires the role `ADMIN`.
    async fn retry_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The work and the reason.")] input: JobDecisionInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let operator = JobOperator::Account(call.actor()?);
        jobs::retry(&call.ports, operator, input.job_id.into(), &input.reason).await?;
        Ok(DonePayload::DONE)
    }

    /// Deletes a queued job for good. Fails with `wrong_state` while it is running, and with `not_discardable` for
    /// work on a booking, payment or review. Requires the role `ADMIN`.
    async fn discard_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The work and the reason.")] input: JobDecisionInput,
    ) -> ApiResult<DonePayload> {
        let call = begin(ctx);
        let operator = JobOperator::Account(call.actor()?);
        jobs::discard(&call.ports, operator, input.job_id.into(), &input.reason).await?;
        Ok(DonePayload::DONE)
    }
}
