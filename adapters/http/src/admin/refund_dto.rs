//! Money that was given back, as operators see it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sojourn_application::ports::RefundView;
use sojourn_domain::shared::{BookingId, Party, PaymentEntryId, PaymentId, PropertyId};
use utoipa::ToSchema;

use crate::booking::PartyWord;
use crate::money_dto::MoneyDto;

/// Money that was given back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refund)]
pub struct RefundDto {
    /// The entry of the payment.
    #[schema(value_type = String, format = "uuid")]
    pub id: PaymentEntryId,
    /// The payment.
    #[schema(value_type = String, format = "uuid")]
    pub payment_id: PaymentId,
    /// Its booking.
    #[schema(value_type = String, format = "uuid")]
    pub booking_id: BookingId,
    /// Its property.
    #[schema(value_type = String, format = "uuid")]
    pub property_id: PropertyId,
    /// How much.
    pub amount: MoneyDto,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: DateTime<Utc>,
    /// Why.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// Who gives it beyond what the policy says; null for what the policy says.
    #[schema(required = true, value_type = Option<PartyWord>)]
    pub borne_by: Option<Party>,
}

/// A page of refunds.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundList {
    /// The rows.
    pub data: Vec<RefundDto>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

impl From<RefundView> for RefundDto {
    fn from(view: RefundView) -> Self {
        Self {
            id: view.id,
            payment_id: view.payment_id,
            booking_id: view.booking_id,
            property_id: view.property_id,
            amount: view.amount.into(),
            at: view.at,
            reason: view.reason,
            borne_by: view.borne_by,
        }
    }
}
