//! A payment as the API shows it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_domain::payment::{Payment, PaymentEntry};
use sojourn_domain::shared::{BookingId, PaymentEntryId, PaymentId, PropertyId};
use utoipa::ToSchema;

use crate::money_dto::MoneyDto;
use crate::property::{EntryKindWord, PaymentStatusWord};

/// A payment; what happened to it is a list that only grows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payment)]
pub struct PaymentDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PaymentId,
    /// The booking it pays.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// That booking's property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// What its entries come to.
    #[schema(value_type = PaymentStatusWord)]
    pub status: &'static str,
    /// What is to be paid.
    pub amount: MoneyDto,
    /// What was taken.
    pub captured: MoneyDto,
    /// What was given back.
    pub refunded: MoneyDto,
    /// What happened, in order.
    pub entries: Vec<PaymentEntryDto>,
}

/// One thing that happened to a payment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentEntry)]
pub struct PaymentEntryDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: PaymentEntryId,
    /// What happened.
    #[schema(value_type = EntryKindWord)]
    pub kind: &'static str,
    /// How much.
    pub amount: MoneyDto,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Why: the code of a failure, the words of a refund.
    pub reason: Option<String>,
}

/// A page of payments.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentList {
    /// The rows.
    pub data: Vec<PaymentDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

impl From<&PaymentEntry> for PaymentEntryDto {
    fn from(entry: &PaymentEntry) -> Self {
        Self {
            id: entry.id,
            kind: entry.kind.as_str(),
            amount: entry.amount.into(),
            at: entry.at,
            reason: entry.reason.clone(),
        }
    }
}

impl From<&Payment> for PaymentDto {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id,
            booking_id: payment.booking_id,
            property_id: payment.property_id,
            status: payment.status().as_str(),
            amount: payment.amount.into(),
            captured: payment.captured().into(),
            refunded: payment.refunded().into(),
            entries: payment.entries.iter().map(Into::into).collect(),
        }
    }
}
