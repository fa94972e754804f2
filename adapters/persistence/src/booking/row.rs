//! Bookings as rows.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use diesel::prelude::*;
use sojourn_domain::booking::{Booking, BookingRecord, BookingStatus, RefundPolicy};
use sojourn_domain::property::BookingMode;
use sojourn_domain::shared::{RepositoryError, Stay};

use crate::booking::conditions;
use crate::booking::stored_history;
use crate::columns::enums::known;
use crate::columns::json::{from_json, to_json};
use crate::columns::uuid::UuidColumn;
use crate::columns::{count, timestamp};
use crate::engine::errors::{corrupt, damaged};
use crate::schema::marketplace::bookings;

/// A row of `bookings`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = bookings, primary_key(property_id, id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct BookingRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) id: UuidColumn,
    host_id: UuidColumn,
    guest_id: UuidColumn,
    pub(crate) check_in: NaiveDate,
    check_out: NaiveDate,
    guests: String,
    preparation_nights: i32,
    status: String,
    total: i64,
    currency: String,
    price: String,
    policy: String,
    terms: String,
    mode: String,
    zone: String,
    check_in_from: NaiveTime,
    check_out_until: NaiveTime,
    message: Option<String>,
    payment_id: Option<UuidColumn>,
    requested_at: Option<NaiveDateTime>,
    confirmation: Option<String>,
    cancellation: Option<String>,
    alteration: Option<String>,
    conditions: String,
    alterations: i32,
    history: String,
    due_at: Option<NaiveDateTime>,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
}

impl BookingRow {
    /// The row of a booking.
    pub(crate) fn try_from_booking(booking: &Booking) -> Result<Self, RepositoryError> {
        Ok(Self {
            property_id: booking.property_id.into(),
            id: booking.id.into(),
            host_id: booking.host_id.into(),
            guest_id: booking.guest_id.into(),
            check_in: booking.stay.check_in(),
            check_out: booking.stay.check_out(),
            guests: to_json(&booking.guests)?,
            preparation_nights: count::to_db(booking.preparation_nights),
            status: booking.status.as_str().to_owned(),
            total: booking.price.total.amount(),
            currency: booking.price.currency().code().to_owned(),
            price: to_json(&booking.price)?,
            policy: booking.policy.as_str().to_owned(),
            terms: to_json(&booking.terms)?,
            mode: booking.mode.as_str().to_owned(),
            zone: booking.zone.name().to_owned(),
            check_in_from: booking.check_in_from,
            check_out_until: booking.check_out_until,
            message: booking.message.clone(),
            payment_id: booking.payment_id.map(Into::into),
            requested_at: booking.requested_at.map(timestamp::to_db),
            confirmation: booking.confirmation.as_ref().map(to_json).transpose()?,
            cancellation: booking.cancellation.as_ref().map(to_json).transpose()?,
            alteration: booking.alteration.as_ref().map(to_json).transpose()?,
            conditions: conditions::to_db(&booking.conditions)?,
            alterations: count::to_db(booking.alterations),
            history: to_json(&booking.history)?,
            due_at: booking.due_at().map(timestamp::to_db),
            created_at: timestamp::to_db(booking.created_at),
            updated_at: timestamp::to_db(booking.updated_at),
            version: booking.version,
        })
    }

    /// The booking of a row.
    pub(crate) fn into_booking(self) -> Result<Booking, RepositoryError> {
        let id = self.id;
        self.restore()
            .map_err(|error| damaged("bookings", id.0, error))
    }

    fn restore(self) -> Result<Booking, RepositoryError> {
        let stay = Stay::try_new(self.check_in, self.check_out).map_err(corrupt)?;
        let guests = from_json(&self.guests)?;
        let price = from_json(&self.price)?;
        let policy = known(self.policy.parse::<RefundPolicy>().ok(), "bookings.policy")?;
        let conditions = conditions::from_db(&self.conditions, &price, stay, guests, policy)?;
        Booking::restore(BookingRecord {
            id: self.id.into(),
            property_id: self.property_id.into(),
            host_id: self.host_id.into(),
            guest_id: self.guest_id.into(),
            stay,
            guests,
            preparation_nights: count::from_db(self.preparation_nights)?,
            status: known(self.status.parse::<BookingStatus>().ok(), "bookings.status")?,
            price,
            policy,
            conditions,
            terms: from_json(&self.terms)?,
            mode: known(self.mode.parse::<BookingMode>().ok(), "bookings.mode")?,
            zone: self.zone.parse::<Tz>().map_err(corrupt)?,
            check_in_from: self.check_in_from,
            check_out_until: self.check_out_until,
            message: self.message,
            payment_id: self.payment_id.map(Into::into),
            requested_at: self.requested_at.map(timestamp::from_db),
            confirmation: self.confirmation.as_deref().map(from_json).transpose()?,
            cancellation: self.cancellation.as_deref().map(from_json).transpose()?,
            alteration: self.alteration.as_deref().map(from_json).transpose()?,
            alterations: count::from_db(self.alterations)?,
            history: stored_history::from_stored(&self.history)?,
            created_at: timestamp::from_db(self.created_at),
            updated_at: timestamp::from_db(self.updated_at),
            version: self.version,
        })
        .map_err(corrupt)
    }
}
