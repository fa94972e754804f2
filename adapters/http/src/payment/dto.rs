//! Payments as JSON.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::payment::{PaymentEntryView, PaymentView, is_visible};
use sojourn_domain::payment::EntryKind;
use sojourn_domain::shared::{BookingId, PaymentEntryId, PaymentId, PropertyId};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::property::PropertyDto;
use crate::wire::enums::PaymentStatusSchema;
use crate::wire::money::MoneyDto;

/// A payment with its append-only list of entries. Payouts to the host are listed separately.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payment)]
pub struct PaymentDto {
    /// Id of the payment.
    #[schema(value_type = String, format = "uuid")]
    pub id: PaymentId,
    /// Id of the booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// Id of the property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// Status of the payment.
    #[schema(value_type = PaymentStatusSchema)]
    pub status: &'static str,
    /// Amount due.
    pub amount: MoneyDto,
    /// Captured amount.
    pub captured: MoneyDto,
    /// Refunded amount.
    pub refunded: MoneyDto,
    /// Entries in chronological order.
    pub entries: Vec<PaymentEntryDto>,
    /// The property, with `expand=property`; absent if the caller may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub property: Option<Box<PropertyDto>>,
}

/// An entry of a payment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentEntry)]
pub struct PaymentEntryDto {
    /// Id of the entry.
    #[schema(value_type = String, format = "uuid")]
    pub id: PaymentEntryId,
    /// Kind of the entry.
    #[schema(value_type = EntryKindSchema)]
    pub kind: &'static str,
    /// Amount of the entry.
    pub amount: MoneyDto,
    /// Time of the entry (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Error code of a failure, or reason of a refund.
    pub reason: Option<String>,
}

/// A page of payments.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentList {
    /// Items on this page.
    pub data: Vec<PaymentDto>,
    /// Cursor of the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// Schema of the visible kinds of entries.
#[derive(Debug)]
pub struct EntryKindSchema;

impl PartialSchema for EntryKindSchema {
    fn schema() -> RefOr<Schema> {
        let words = EntryKind::ALL
            .iter()
            .filter(|&&kind| is_visible(kind))
            .map(|kind| kind.as_str());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(words))
            .into()
    }
}

impl ToSchema for EntryKindSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PaymentEntryKind")
    }
}

impl From<&PaymentEntryView> for PaymentEntryDto {
    fn from(entry: &PaymentEntryView) -> Self {
        Self {
            id: entry.id,
            kind: entry.kind.as_str(),
            amount: entry.amount.into(),
            at: entry.at,
            reason: entry.reason.clone(),
        }
    }
}

impl From<&PaymentView> for PaymentDto {
    fn from(payment: &PaymentView) -> Self {
        Self {
            id: payment.id,
            booking_id: payment.booking_id,
            property_id: payment.property_id,
            status: payment.status.as_str(),
            amount: payment.amount.into(),
            captured: payment.captured.into(),
            refunded: payment.refunded.into(),
            entries: payment.entries.iter().map(Into::into).collect(),
            property: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_entries_are_those_that_are_visible() {
        let words = serde_json::to_value(EntryKindSchema::schema()).unwrap();
        let words = words["enum"].as_array().unwrap();
        assert!(words.contains(&"capture".into()) && !words.contains(&"payout".into()));
    }
}
