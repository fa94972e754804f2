//! Pending alterations of bookings as JSON.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sojourn_application::booking::AlterationView;
use sojourn_domain::shared::BookingRole;
use utoipa::ToSchema;

use crate::wire::money::MoneyDto;
use crate::wire::party::PartySchema;
use crate::wire::stay::GuestsDto;

/// A proposed change of a booking that awaits the other party's answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alteration)]
pub struct AlterationDto {
    /// Party that proposed the change.
    #[schema(value_type = PartySchema)]
    pub by: BookingRole,
    /// Proposed check-in date.
    #[schema(value_type = String, format = Date)]
    pub check_in: NaiveDate,
    /// Proposed check-out date.
    #[schema(value_type = String, format = Date)]
    pub check_out: NaiveDate,
    /// Proposed number of guests.
    pub guests: GuestsDto,
    /// Total price after the change.
    pub total: MoneyDto,
    /// Difference to the current total; a negative amount is refunded.
    pub difference: MoneyDto,
    /// Amount refunded to the guest if it is accepted; 0 when it costs the same or more.
    pub refund: MoneyDto,
    /// Deadline for accepting (UTC).
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: DateTime<Utc>,
}

impl From<&AlterationView> for AlterationDto {
    fn from(alteration: &AlterationView) -> Self {
        Self {
            by: alteration.by,
            check_in: alteration.stay.check_in(),
            check_out: alteration.stay.check_out(),
            guests: alteration.guests.into(),
            total: alteration.total.into(),
            difference: alteration.difference.into(),
            refund: alteration.refund.into(),
            expires_at: alteration.expires_at,
        }
    }
}
