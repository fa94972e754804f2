//! Bookings.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use sojourn_domain::booking::{Booking, BookingChange, BookingRepository, NightsChange};
use sojourn_domain::property::{ClaimKind, NightClaim};
use sojourn_domain::shared::{BookingId, CommitError, StoreError};

use crate::booking_row::BookingRow;
use crate::calendar;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::errors::TxError;
use crate::instant::stored;
use crate::job;
use crate::payment;
use crate::schema::marketplace::{booked_nights, bookings};
use crate::uuid_column::UuidColumn;

#[async_trait]
impl BookingRepository for Database {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, StoreError> {
        self.read(move |conn| {
            let query = bookings::table.filter(bookings::id.eq(UuidColumn::from(id)));
            let row: Option<BookingRow> = query.select(BookingRow::as_select()).first(conn).optional()?;
            Ok(row.map(BookingRow::booking).transpose()?)
        })
        .await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), CommitError> {
        let property_id = change.booking.property_id;
        let nights = match &change.nights {
            NightsChange::Claim(claims) => claims.iter().map(|claim| claim.night).collect(),
            NightsChange::Keep | NightsChange::Book | NightsChange::Release(_) | NightsChange::Block(_) => {
                Vec::new()
            }
        };
        calendar::commit_claiming(self, property_id, nights, "", move |conn| store(conn, &change)).await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, StoreError> {
        self.read(move |conn| {
            let query = bookings::table.filter(bookings::due_at.le(stored(now)));
            let query = query.order((bookings::due_at, bookings::id)).limit(limit.into());
            let rows: Vec<BookingRow> = query.select(BookingRow::as_select()).load(conn)?;
            Ok(rows.into_iter().map(BookingRow::booking).collect::<Result<_, _>>()?)
        })
        .await
    }
}

fn store(conn: &mut AnyConnection, change: &BookingChange) -> Result<(), TxError> {
    let booking = &change.booking;
    let row = BookingRow::of(booking)?;
    if booking.version == 1 {
        diesel::insert_into(bookings::table).values(&row).execute(conn)?;
    } else {
        let before = bookings::table
            .filter(bookings::property_id.eq(row.property_id))
            .filter(bookings::id.eq(row.id))
            .filter(bookings::version.eq(booking.version - 1));
        if diesel::update(before).set(&row).execute(conn)? == 0 {
            return Err(CommitError::Stale.into());
        }
    }
    store_nights(conn, booking, &change.nights)?;
    if let Some(payment) = &change.payment {
        payment::store(conn, payment)?;
    }
    job::insert_notices(conn, &change.notices, booking.updated_at)
}

fn store_nights(conn: &mut AnyConnection, booking: &Booking, change: &NightsChange) -> Result<(), TxError> {
    let own = booked_nights::table
        .filter(booked_nights::property_id.eq(UuidColumn::from(booking.property_id)))
        .filter(booked_nights::booking_id.eq(UuidColumn::from(booking.id)));
    let from = |night: &NaiveDate| booked_nights::night.ge(*night);
    let kind = |kind: ClaimKind| booked_nights::kind.eq(kind.as_str());
    match change {
        NightsChange::Keep => {}
        NightsChange::Claim(claims) => claim(conn, booking, claims)?,
        NightsChange::Book => {
            diesel::update(own.filter(kind(ClaimKind::Held))).set(kind(ClaimKind::Booked)).execute(conn)?;
        }
        NightsChange::Release(night) => {
            diesel::delete(own.filter(from(night))).execute(conn)?;
        }
        NightsChange::Block(night) => {
            diesel::update(own.filter(from(night))).set(kind(ClaimKind::Blocked)).execute(conn)?;
        }
    }
    Ok(())
}

fn claim(conn: &mut AnyConnection, booking: &Booking, claims: &[NightClaim]) -> Result<(), TxError> {
    calendar::claim(conn, booking.property_id, claims)
}
