//! Payouts, balances and statements as the API shows them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::payout::StatementLine;
use sojourn_application::ports::{HostBalance, PayoutView};
use sojourn_domain::shared::{BookingId, PaymentId, PayoutId, PropertyId, UserId};
use utoipa::ToSchema;

use crate::money_dto::{CurrencyWord, MoneyDto};
use crate::property::{CauseWord, PayoutStatusWord};

/// A sum that a host is paid for a stay.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payout)]
pub struct PayoutDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PayoutId,
    /// The payment that it is part of.
    #[schema(value_type = String, format = "uuid")]
    pub payment_id: PaymentId,
    /// The property stayed in.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// The booking that earned it.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// To whom.
    #[schema(value_type = String, format = "uuid")]
    pub host_id: UserId,
    /// How much.
    pub amount: MoneyDto,
    /// How much of it is kept back for what the host owes from other bookings.
    pub withheld: MoneyDto,
    /// Where it is.
    #[schema(value_type = PayoutStatusWord)]
    pub status: &'static str,
    /// From when on it is sent.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: DateTime<Utc>,
    /// When it was paid.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub paid_at: Option<DateTime<Utc>>,
}

/// A page of payouts.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutList {
    /// The rows.
    pub data: Vec<PayoutDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

/// Where a host stands in one currency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HostBalance)]
pub struct HostBalanceDto {
    /// The currency of all amounts.
    #[schema(value_type = CurrencyWord)]
    pub currency: &'static str,
    /// Earned less sent; below zero, the host owes it.
    pub balance: MoneyDto,
    /// What is scheduled or on its way.
    pub scheduled: MoneyDto,
    /// What was sent.
    pub paid: MoneyDto,
    /// What is kept back of later payouts, because bookings brought less than was sent for them.
    pub owed: MoneyDto,
}

/// Where a host stands, one row a currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct HostBalanceList {
    /// The rows; none for who never let.
    pub data: Vec<HostBalanceDto>,
}

/// One thing that moved a host's balance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatementLine)]
pub struct StatementLineDto {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// What happened.
    #[schema(value_type = CauseWord)]
    pub cause: &'static str,
    /// The property stayed in.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// The booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// By how much; above zero in the host's favour.
    pub amount: MoneyDto,
}

/// A page of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statement {
    /// The rows.
    pub data: Vec<StatementLineDto>,
    /// Where the next page begins; null on the last.
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
