//! A booking as its row.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use diesel::prelude::*;
use sojourn_domain::booking::{Booking, BookingRecord, RefundPolicy, Status};
use sojourn_domain::property::BookingMode;
use sojourn_domain::shared::{Stay, StoreError};

use crate::instant::{read, stored};
use crate::json_column::{column, count, from_json, known, to_json};
use crate::schema::marketplace::bookings;
use crate::uuid_column::UuidColumn;

/// A row of `bookings`.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = bookings, primary_key(property_id, id))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(crate) struct BookingRow {
    pub(crate) property_id: UuidColumn,
    pub(crate) id: UuidColumn,
    host_id: UuidColumn,
    guest_id: UuidColumn,
    check_in: NaiveDate,
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
    history: String,
    due_at: Option<NaiveDateTime>,
    pub(crate) created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    version: i64,
}

impl BookingRow {
    /// The row of a booking.
    pub(crate) fn of(booking: &Booking) -> Result<Self, StoreError> {
        Ok(Self {
            property_id: booking.property_id.into(),
            id: booking.id.into(),
            host_id: booking.host_id.into(),
            guest_id: booking.guest_id.into(),
            check_in: booking.stay.check_in(),
            check_out: booking.stay.check_out(),
            guests: to_json(&booking.guests)?,
            preparation_nights: column(booking.preparation_nights),
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
            requested_at: booking.requested_at.map(stored),
            confirmation: booking.confirmation.as_ref().map(to_json).transpose()?,
            cancellation: booking.cancellation.as_ref().map(to_json).transpose()?,
            alteration: booking.alteration.as_ref().map(to_json).transpose()?,
            history: to_json(&booking.history)?,
            due_at: booking.due_at().map(stored),
            created_at: stored(booking.created_at),
            updated_at: stored(booking.updated_at),
            version: booking.version,
        })
    }

    /// The booking of a row.
    pub(crate) fn booking(self) -> Result<Booking, StoreError> {
        let corrupt = |error: &dyn std::fmt::Display| StoreError::Corrupt(error.to_string());
        Ok(Booking::restore(BookingRecord {
            id: self.id.into(),
            property_id: self.property_id.into(),
            host_id: self.host_id.into(),
            guest_id: self.guest_id.into(),
            stay: Stay::try_new(self.check_in, self.check_out).map_err(|error| corrupt(&error))?,
            guests: from_json(&self.guests)?,
            preparation_nights: count(self.preparation_nights)?,
            status: known(Status::from_word(&self.status), "bookings.status")?,
            price: from_json(&self.price)?,
            policy: known(RefundPolicy::from_word(&self.policy), "bookings.policy")?,
            terms: from_json(&self.terms)?,
            mode: known(BookingMode::from_word(&self.mode), "bookings.mode")?,
            zone: self.zone.parse::<Tz>().map_err(|error| corrupt(&error))?,
            check_in_from: self.check_in_from,
            check_out_until: self.check_out_until,
            message: self.message,
            payment_id: self.payment_id.map(Into::into),
            requested_at: self.requested_at.map(read),
            confirmation: self.confirmation.as_deref().map(from_json).transpose()?,
            cancellation: self.cancellation.as_deref().map(from_json).transpose()?,
            alteration: self.alteration.as_deref().map(from_json).transpose()?,
            history: from_json(&self.history)?,
            created_at: read(self.created_at),
            updated_at: read(self.updated_at),
            version: self.version,
        }))
    }
}
