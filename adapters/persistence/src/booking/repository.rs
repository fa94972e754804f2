//! The repository of bookings.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::{Outcome, OutcomeKind};
use sojourn_domain::booking::{
    Booking, BookingChange, BookingCommitError, BookingRepository, NightsChange,
};
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{BookingId, PaymentId, RepositoryError};

use super::night_claims::set_claims;
use super::preconditions::require_preconditions;
use super::row::BookingRow;
use crate::account_event::append::append_booking_events;
use crate::audit::append::record_optional;
use crate::calendar::claims::{IgnoredClaims, commit_with_claims};
use crate::columns::timestamp;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{Refusal, TxError};
use crate::job::enqueue::{enqueue_notices, replace_deferred};
use crate::journal::insert::insert_entries;
use crate::payment::load::{find_payment, find_payment_of_booking};
use crate::payment::store::store_payment;
use crate::query::pagination::convert_all;
use crate::schema::marketplace::bookings;

#[async_trait]
impl BookingRepository for Database {
    async fn get(&self, id: BookingId) -> Result<Option<Booking>, RepositoryError> {
        self.read(move |conn| find_booking(conn, id)).await
    }

    async fn with_payment(
        &self,
        id: BookingId,
    ) -> Result<Option<(Booking, Option<Payment>)>, RepositoryError> {
        self.read_consistently(move |conn| {
            let Some(booking) = find_booking(conn, id)? else {
                return Ok(None);
            };
            Ok(Some((booking, find_payment_of_booking(conn, id)?)))
        })
        .await
    }

    async fn of_payment(
        &self,
        id: PaymentId,
    ) -> Result<Option<(Booking, Payment)>, RepositoryError> {
        self.read_consistently(move |conn| {
            let Some(payment) = find_payment(conn, id)? else {
                return Ok(None);
            };
            let booking = find_booking(conn, payment.booking_id)?;
            Ok(booking.map(|booking| (booking, payment)))
        })
        .await
    }

    async fn commit(&self, change: BookingChange) -> Result<(), BookingCommitError> {
        let property_id = change.booking().property_id;
        let nights = match change.nights() {
            NightsChange::Keep => Vec::new(),
            NightsChange::Set(claims) => claims.iter().map(|claim| claim.night).collect(),
        };
        let own = IgnoredClaims::OfBooking(change.booking().id);
        let outcome = outcome_of(&change);
        commit_with_claims(self, property_id, nights, own, outcome, move |conn| {
            store(conn, &change)
        })
        .await
    }

    async fn due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Booking>, RepositoryError> {
        self.read(move |conn| {
            let query = bookings::table.filter(bookings::due_at.le(timestamp::to_db(now)));
            let query = query
                .order((bookings::due_at, bookings::id))
                .limit(limit.into());
            let rows: Vec<BookingRow> = query.select(BookingRow::as_select()).load(conn)?;
            convert_all(rows, BookingRow::into_booking)
        })
        .await
    }
}

/// The booking with this id.
pub(crate) fn find_booking(
    conn: &mut AnyConnection,
    id: BookingId,
) -> Result<Option<Booking>, TxError> {
    let query = bookings::table.filter(bookings::id.eq(UuidColumn::from(id)));
    let row: Option<BookingRow> = query
        .select(BookingRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(BookingRow::into_booking).transpose()?)
}

fn outcome_of(change: &BookingChange) -> Outcome {
    let open = change.payment().map(|it| it.pending_calls.as_slice());
    Outcome::new(OutcomeKind::Booking, change.booking().id.uuid())
        .with_calls(open.unwrap_or_default())
}

fn store(conn: &mut AnyConnection, change: &BookingChange) -> Result<(), TxError> {
    require_preconditions(conn, change)?;
    let booking = change.booking();
    let row = BookingRow::try_from_booking(booking)?;
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
            return Err(Refusal::Stale.into());
        }
    }
    if let NightsChange::Set(claims) = change.nights() {
        set_claims(conn, booking, claims)?;
    }
    if let Some(payment) = change.payment() {
        store_payment(conn, payment)?;
    }
    insert_entries(conn, change.journal())?;
    let due_at = change.notices_due_at().unwrap_or(booking.updated_at);
    if due_at == booking.updated_at && booking.has_deferred_notice(due_at) {
        replace_deferred(conn, change.notifications(), due_at)?;
    }
    enqueue_notices(conn, change.notifications(), due_at)?;
    append_booking_events(conn, booking, change.notifications())?;
    record_optional(conn, change.audit())
}
