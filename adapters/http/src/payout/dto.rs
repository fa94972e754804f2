//! Payouts, balances and statements as JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::payout::StatementLine;
use sojourn_application::ports::{HostBalance, PayoutView};
use sojourn_domain::shared::{BookingId, PaymentId, PayoutId, PropertyId, UserId};
use utoipa::ToSchema;

use crate::wire::enums::{CauseSchema, PayoutStatusSchema};
use crate::wire::money::{CurrencySchema, MoneyDto};

/// A payout to a host for a stay.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payout)]
pub struct PayoutDto {
    /// Id of the payout.
    #[schema(value_type = String, format = "uuid")]
    pub id: PayoutId,
    /// Id of the guest's payment.
    #[schema(value_type = String, format = "uuid")]
    pub payment_id: PaymentId,
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Id of the booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// Id of the host.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// Amount of the payout.
    pub amount: MoneyDto,
    /// Part withheld for the host's debts from other bookings.
    pub withheld: MoneyDto,
    /// Status of the payout.
    #[schema(value_type = PayoutStatusSchema)]
    pub status: &'static str,
    /// Earliest time of sending (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub due_at: DateTime<Utc>,
    /// Time of payment (UTC); null until paid.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub paid_at: Option<DateTime<Utc>>,
}

/// A page of payouts.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutList {
    /// Items on this page.
    pub data: Vec<PayoutDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// Balance of a host in one currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HostBalance)]
pub struct HostBalanceDto {
    /// ISO 4217 code of the currency of all amounts.
    #[schema(value_type = CurrencySchema)]
    pub currency: &'static str,
    /// Earned minus paid amounts; a negative balance is owed by the host.
    pub balance: MoneyDto,
    /// Payouts that are scheduled or being sent.
    pub scheduled: MoneyDto,
    /// Paid amount.
    pub paid: MoneyDto,
    /// Amount withheld from later payouts, because bookings earned less than was paid for them.
    pub owed: MoneyDto,
}

/// Balances of a host, one item per currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct HostBalanceList {
    /// Balances; empty for an account that never hosted.
    pub data: Vec<HostBalanceDto>,
}

/// A change of a host's balance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HostStatementLine)]
pub struct StatementLineDto {
    /// Time of the change (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Reason of the change.
    #[schema(value_type = CauseSchema)]
    pub cause: &'static str,
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Id of the booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// Amount of the change; positive in the host's favour.
    pub amount: MoneyDto,
}

/// A page of a statement.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HostStatement)]
pub struct Statement {
    /// Items on this page.
    pub data: Vec<StatementLineDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

impl From<PayoutView> for PayoutDto {
    fn from(view: PayoutView) -> Self {
        let PayoutView {
            payout,
            payment_id,
            property_id,
            booking_id,
            host_id,
            ..
        } = view;
        Self {
            id: payout.id,
            payment_id,
            property_id,
            booking_id,
            host_id,
            amount: payout.amount.into(),
            withheld: payout.withheld.into(),
            status: payout.status.as_str(),
            due_at: payout.due_at,
            paid_at: payout.paid_at,
        }
    }
}

impl From<HostBalance> for HostBalanceDto {
    fn from(balance: HostBalance) -> Self {
        Self {
            currency: balance.currency.code(),
            balance: balance.balance.into(),
            scheduled: balance.scheduled.into(),
            paid: balance.paid.into(),
            owed: balance.owed.into(),
        }
    }
}

impl From<StatementLine> for StatementLineDto {
    fn from(line: StatementLine) -> Self {
        Self {
            at: line.at,
            cause: line.cause.as_str(),
            property_id: line.property_id,
            booking_id: line.booking_id,
            amount: line.amount.into(),
        }
    }
}
