//! A change of a booking that is not settled yet, as the API shows it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sojourn_domain::booking::{Alteration, Price};
use sojourn_domain::shared::Party;
use utoipa::ToSchema;

use super::dto::PartyWord;
use crate::money_dto::MoneyDto;
use crate::property::GuestsDto;

/// A change that one side asks for and the other answers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alteration)]
pub struct AlterationDto {
    /// Who asks.
    #[schema(value_type = PartyWord)]
    pub by: Party,
    /// Day of arrival, as it is to be.
    #[schema(value_type = String, format = Date)]
    pub check_in: NaiveDate,
    /// Day of departure, as it is to be.
    #[schema(value_type = String, format = Date)]
    pub check_out: NaiveDate,
    /// Who comes along then.
    pub guests: GuestsDto,
    /// What the guest pays then.
    pub total: MoneyDto,
    /// What that is more than now; below zero, it comes back.
    pub difference: MoneyDto,
    /// Until when it can be accepted.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: DateTime<Utc>,
}

impl AlterationDto {
    /// The change of a booking that has this price; none when the prices are of different currencies, which no
    /// alteration's are.
    pub fn of(alteration: &Alteration, price: &Price) -> Option<Self> {
        Some(Self {
            by: alteration.by,
            check_in: alteration.stay.check_in(),
            check_out: alteration.stay.check_out(),
            guests: alteration.guests.into(),
            total: alteration.price.total.into(),
            difference: alteration.difference(price).ok()?.into(),
            expires_at: alteration.expires_at,
        })
    }
}
