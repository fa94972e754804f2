//! Bookings.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_domain::booking::{Booking, BookingChange, BookingRepository, NightsChange};
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{BookingId, CommitError, StoreError};

use crate::audit::append_any;
use crate::booking_row::BookingRow;
use crate::calendar::{self, Harmless};
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::read_tx;
use crate::errors::TxError;
use crate::instant::stored;
use crate::schema::marketplace::bookings;
use crate::uuid_column::UuidColumn;
use crate::{booking_nights, job, journal, payment};

#[async_trait]
impl BookingRepository for Database {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, StoreError> {
        self.read(move |conn| of(conn, id)).await
    }

    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, StoreError> {
        self.run(move |conn| {
            read_tx(conn, |conn| {
                let Some(booking) = of(conn, id)? else {
                    return Ok(None);
                };
                Ok(Some((booking, payment::of_booking(conn, id)?)))
            })
        })
        .await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), CommitError> {
        let property_id = change.booking.property_id;
        let nights = match &change.nights {
            NightsChange::Keep => Vec::new(),
            NightsChange::Set(claims) => claims.iter().map(|claim| claim.night).collect(),
        };
        let own = Harmless::Own(change.booking.id);
        calendar::commit_claiming(self, property_id, nights, own, move |conn| {
            store(conn, &change)
        })
        .await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, StoreError> {
        self.read(move |conn| {
            let query = bookings::table.filter(bookings::due_at.le(stored(now)));
            let query = query
                .order((bookings::due_at, bookings::id))
                .limit(limit.into());
            let rows: Vec<BookingRow> = query.select(BookingRow::as_select()).load(conn)?;
            Ok(rows
                .into_iter()
                .map(BookingRow::booking)
                .collect::<Result<_, _>>()?)
        })
        .await
    }
}

/// The booking with this id.
pub(crate) fn of(conn: &mut AnyConnection, id: BookingId) -> Result<Option<Booking>, TxError> {
    let query = bookings::table.filter(bookings::id.eq(UuidColumn::from(id)));
    let row: Option<BookingRow> = query
        .select(BookingRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(BookingRow::booking).transpose()?)
}

fn store(conn: &mut AnyConnection, change: &BookingChange) -> Result<(), TxError> {
    let booking = &change.booking;
    let row = BookingRow::of(booking)?;
    if booking.version == 1 {
        diesel::insert_into(bookings::table)
            .values(&row)
            .execute(conn)?;
    } else {
        let before = bookings::table
            .filter(bookings::property_id.eq(row.property_id))
            .filter(bookings::id.eq(row.id))
            .filter(bookings::version.eq(booking.version - 1));
        if diesel::update(before).set(&row).execute(conn)? == 0 {
            return Err(CommitError::Stale.into());
        }
    }
    if let NightsChange::Set(claims) = &change.nights {
        booking_nights::set(conn, booking, claims)?;
    }
    if let Some(payment) = &change.payment {
        payment::store(conn, payment)?;
    }
    journal::insert(conn, &change.journal)?;
    job::insert_notices(conn, &change.notices, booking.updated_at)?;
    append_any(conn, change.audit.as_ref())
}
