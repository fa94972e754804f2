//! The rules and claims of nights as rows.

use chrono::NaiveDate;
use diesel::prelude::*;
use sojourn_domain::property::{ClaimKind, NightClaim, NightRules};
use sojourn_domain::shared::{Money, PropertyId, RepositoryError};

use crate::columns::enums::known;
use crate::columns::uuid::UuidColumn;
use crate::columns::{count, money};
use crate::engine::errors::damaged;
use crate::schema::marketplace::{booked_nights, calendar_rules};

/// A row of `calendar_rules`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_rules, treat_none_as_default_value = false)]
pub(crate) struct RulesRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) night: NaiveDate,
    price: Option<i64>,
    currency: Option<String>,
    min_nights: Option<i32>,
    max_nights: Option<i32>,
    closed_to_arrival: bool,
    closed_to_departure: bool,
    note: Option<String>,
}

/// A row of `booked_nights`.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = booked_nights, treat_none_as_default_value = false)]
pub(crate) struct ClaimRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) night: NaiveDate,
    pub(crate) kind: String,
    pub(crate) booking_id: Option<UuidColumn>,
}

impl RulesRow {
    /// The row of the rules of a date.
    pub(crate) fn from_rules(
        property_id: PropertyId,
        night: NaiveDate,
        rules: &NightRules,
    ) -> Self {
        Self {
            property_id: property_id.into(),
            night,
            price: rules.price.map(Money::amount),
            currency: rules.price.map(|price| price.currency().code().to_owned()),
            min_nights: rules.min_nights.map(count::to_db),
            max_nights: rules.max_nights.map(count::to_db),
            closed_to_arrival: rules.closed_to_arrival,
            closed_to_departure: rules.closed_to_departure,
            note: rules.note.clone(),
        }
    }

    /// The rules of a row.
    pub(crate) fn into_rules(self) -> Result<NightRules, RepositoryError> {
        let price = self
            .price
            .zip(self.currency)
            .map(|(amount, currency)| money::from_db(amount, &currency));
        Ok(NightRules {
            price: price.transpose()?,
            min_nights: self.min_nights.map(count::from_db).transpose()?,
            max_nights: self.max_nights.map(count::from_db).transpose()?,
            closed_to_arrival: self.closed_to_arrival,
            closed_to_departure: self.closed_to_departure,
            note: self.note,
        })
    }
}

impl ClaimRow {
    /// The row of a claim.
    pub(crate) fn from_claim(property_id: PropertyId, claim: &NightClaim) -> Self {
        Self {
            property_id: property_id.into(),
            night: claim.night,
            kind: claim.kind.as_str().to_owned(),
            booking_id: claim.booking_id.map(Into::into),
        }
    }

    /// The primary key.
    pub(crate) fn key(&self) -> (UuidColumn, NaiveDate) {
        (self.property_id, self.night)
    }

    /// The claim of a row.
    pub(crate) fn into_claim(self) -> Result<NightClaim, RepositoryError> {
        let kind = known(self.kind.parse::<ClaimKind>().ok(), "booked_nights.kind");
        Ok(NightClaim {
            night: self.night,
            kind: kind.map_err(|error| damaged("booked_nights", self.property_id.0, error))?,
            booking_id: self.booking_id.map(Into::into),
        })
    }
}
